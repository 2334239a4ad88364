package io.tappa.api.privacy;

import io.tappa.api.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small pack whose only placement shows what was consented to. */
final class ConsentPack implements AutoCloseable {
    private final Path folder = Service.temporaryFolder();

    /** A pack in which nothing said about being remembered means {@code missing}. */
    ConsentPack(String missing) throws IOException {
        Files.createDirectories(folder.resolve("journeys"));
        Files.createDirectories(folder.resolve("decisions"));
        write("pack.yaml", """
                pack: shop
                zone: Europe/Rome
                currency: EUR
                consent: { personalization_storage: %s, ad_personalization: denied }
                languages: [en]
                journey: visit
                """.formatted(missing));
        write("journeys/visit.yaml", """
                journey: visit
                start: active
                stages: { active: {}, won: {} }
                moves:
                  - { id: wins, on: Order Completed, to: won }
                  - { id: back, on: Page Viewed, from: won, to: active }
                """);
        write("facts.yaml", """
                facts:
                  ads:      { type: word, from: consent.ad_personalization }
                  adsMail:  { type: word, from: consent.ad_personalization for email }
                  mail:     { type: word, from: consent.email }
                  language: { type: word, trait: language }
                  views:    { type: whole, count: Product Viewed }
                  hour:     { type: whole, from: local hour }
                """);
        write("touchpoints.yaml", """
                touchpoints:
                  home: { channel: site, placements: { hero: { content: { title: { type: text } }, fallback: none } } }
                """);
        write("offers.yaml", """
                offers:
                  none:   { value: 1.00, content: { site: { en: { title: Hello } } } }
                  ads:    { value: 1.00, content: { site: { en: { title: For you } } } }
                  no-ads: { value: 1.00, content: { site: { en: { title: For all } } } }
                """);
        write("decisions/home.yaml", """
                rules:
                  - { id: ads, rule: Advertising, where: home, if: { ads: granted }, show: ads }
                  - { id: no-ads, rule: No advertising, where: home, if: { ads: denied }, show: no-ads }
                """);
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }

    Service start(String... more) {
        var settings = new String[more.length + 1];
        System.arraycopy(more, 0, settings, 1, more.length);
        settings[0] = "--tappa.pack-folder=" + folder;
        return Service.start(settings);
    }

    @Override
    public void close() {
        Service.delete(folder);
    }
}
