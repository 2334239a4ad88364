package io.tappa.engine.difference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.difference.PackDifferences.Version;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pack, one thing in it replaced, and what is said of that. */
class PackDifferencesTest {
    private static final Map<String, String> LAB = Map.of(
            "pack.yaml",
            "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [en], journey: shop }",
            "facts.yaml",
            """
                    facts:
                      basket:  { label: basket value, type: money, from: context.basket }
                      idle:    { label: idle time, type: number, unit: hours, since: any event }
                      country: { label: home country, type: word, from: context.country }
                    """,
            "touchpoints.yaml",
            "touchpoints: { home: { channel: site, placements: { hero: { content: { title: { type: text } } }, side: { content: { title: { type: text } } } } } }",
            "offers.yaml",
            """
                    offers:
                      shoes: { value: 9.00, content: { site: { en: { title: "Shoes for {home country}" } } } }
                      bags:  { content: { site: { en: { title: Bags } } } }
                    """,
            "journeys/shop.yaml",
            """
                    journey: shop
                    start: one
                    stages: { one: {}, two: {} }
                    moves:
                      - { id: ahead, on: Page Viewed, to: two }
                      - { id: back, after: 30 days without events, from: two, to: one }
                    """,
            "decisions/home.yaml",
            """
                    rules:
                      - { id: first, where: home.hero, show: shoes, priority: high, if: { basket value: at least 50, home country: IT } }
                      - { id: last, where: home.hero, never show: bags, until: 2026-12-31, if: { idle time: more than 2 days } }
                      - id: either
                        where: home.side
                        show: bags
                        if: { any of: [ { home country: FR }, { basket value: 0 } ] }
                    """);

    @ParameterizedTest(name = "{1} becomes {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "decisions/home.yaml | priority: high | priority: must | rule first: priority 75 becomes 100",
                "decisions/home.yaml | at least 50, | at least 80, | rule first: if basket value at least 50 becomes at least 80",
                "decisions/home.yaml | at least 50, home country: IT | at least 50 | rule first: if home country IT is gone",
                "decisions/home.yaml | at least 50, home | at least 50, idle time: at most 2, home | rule first: if idle time at most 2 is new",
                "decisions/home.yaml | hero, show: shoes | side, show: shoes | rule first: at home.hero becomes home.side",
                "decisions/home.yaml | show: shoes | show: bags | rule first: shows shoes becomes bags",
                "decisions/home.yaml | 2026-12-31 | 2027-01-31 18:00 | rule last: until 2026-12-31 becomes 2027-01-31 18:00",
                "decisions/home.yaml | home country: FR | home country: ES | rule either: if home country FR holds is gone; if home country ES holds is new",
                "decisions/home.yaml | id: last | id: newest | rule last is gone: never shows offer bags; at home.hero; if idle time more than 48; priority 50; until 2026-12-31",
                "offers.yaml | value: 9.00 | value: 12.50 | offer shoes: value 9 EUR becomes 12.5 EUR",
                "offers.yaml | Shoes for | Boots for | 'offer shoes: title for site in en \"Shoes for {home country}\" becomes \"Boots for {home country}\"'",
                "journeys/shop.yaml | 30 days | 45 days | move shop.back: after 30 days without events becomes 45 days without events",
                "journeys/shop.yaml | on: Page Viewed | on: Product Viewed | move shop.ahead: on Page Viewed becomes Product Viewed",
                "facts.yaml | label: basket value | label:  basket value | file facts.yaml is changed",
            })
    void saysWhatBecomesOfIt(String file, String old, String with, String said) {
        var files = new TreeMap<>(LAB);
        var before = Objects.requireNonNull(files.get(file));
        assertThat(before).contains(old);
        files.put(file, before.replace(old, with));

        var differences = PackDifferences.between(version(LAB), version(files));

        assertThat(differences.get(0).inWords()).isEqualTo(said);
        assertThat(differences).extracting(Difference::inWords).endsWith("file %s is changed".formatted(file));
    }

    @Test
    void whatComesAndGoesIsSaidWhole() {
        var files = new TreeMap<>(LAB);
        files.remove("decisions/home.yaml");
        files.put("decisions/new.yaml", "rules: [ { id: fresh, rule: A fresh start, where: home.side, show: bags } ]");

        assertThat(PackDifferences.between(version(LAB), version(files)))
                .extracting(Difference::inWords)
                .contains(
                        "rule fresh is new: called \"A fresh start\"; shows bags; at home.side; priority 50",
                        "file decisions/home.yaml is gone",
                        "file decisions/new.yaml is new")
                .anyMatch(line -> line.startsWith("rule first is gone: shows shoes;"));
    }

    @Test
    void theSameIsNotDifferent() {
        assertThat(PackDifferences.between(version(LAB), version(LAB))).isEmpty();
    }

    private static Version version(Map<String, String> contents) {
        var files = new PackFiles(new TreeMap<>(contents));
        var result = PackReader.read(files);
        return new Version(
                files,
                Objects.requireNonNull(
                        result.snapshot(), () -> result.problems().toString()));
    }
}
