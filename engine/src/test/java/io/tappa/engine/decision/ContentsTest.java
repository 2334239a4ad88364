package io.tappa.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.touchpoint.Touchpoint;
import io.tappa.engine.visitor.VisitorState;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an offer says at a placement: which channel's texts, and how values stand in them. */
class ContentsTest {
    private static final long NOON = 1_772_449_200_000L;
    private static final PackSnapshot PACK = pack();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PIECES = List.of(
            "<script>alert(1)</script>",
            "</title>",
            "\"",
            "'",
            "\" onclick=\"x",
            "&amp;",
            "&",
            "javascript:alert(1)",
            "https://evil.example/",
            "//evil.example",
            "\\",
            "/",
            "?",
            "#",
            "..",
            ".",
            "../",
            "%2e%2e",
            "%",
            "=",
            "\u202e",
            "\u2066",
            "\u200f",
            "\n",
            "\r\n",
            "\t",
            "\u0000",
            "\u0085",
            "\u2028",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00",
            "{name}",
            "${x}",
            "è",
            " ",
            "Anna");

    private static PackSnapshot pack() {
        var files = Map.of(
                "pack.yaml", """
                { pack: lab, zone: Europe/Rome, currency: EUR, languages: [it, en], journey: shop,
                  channels: { app: [ site ], kiosk: [ pos, site ] } }
                """,
                "facts.yaml", """
                facts:
                  name: { label: first name, type: text, from: context.name }
                  area: { label: home area, type: text, from: context.area }
                  due:  { label: due amount, type: money, from: context.due }
                  day:  { label: due day, type: date, from: context.day }
                """,
                "touchpoints.yaml", """
                touchpoints:
                  site:  { channel: site, placements: { slot: {} } }
                  app:   { channel: app, placements: { slot: {} } }
                  kiosk: { channel: kiosk, placements: { slot: {} } }
                  till:  { channel: pos, placements: { slot: {} } }
                  page:
                    channel: site
                    placements:
                      all:
                        content:
                          plain: { type: text }
                          piece: { type: html }
                          link:  { type: url }
                          query: { type: url }
                          photo: { type: image }
                          data:  { type: json }
                      path: { content: { link: { type: url } } }
                      host: {}
                """,
                "offers.yaml", """
                offers:
                  nasty:
                    content:
                      site:
                        it:
                          plain: "Ciao {first name}!"
                          other: "Ciao {first name}!"
                          piece: "<p title='{first name}'>{first name}</p>"
                          link:  "https://shop.example/p/-{first name}/x"
                          query: "/p?a=b&name={first name}#top"
                          photo: "/img/-{first name}.png"
                          data:  '{"name":"{first name}","day":"{due day}"}'
                  path:  { content: { site: { it: { link: "/{first name}/{home area}" } } } }
                  dues:
                    content:
                      site:
                        it: { plain: "{due amount} entro il {due day}", link: "/pay?due={due amount}&day={due day}" }
                        en: { plain: "{due amount} by {due day}", link: "/en/pay?due={due amount}&day={due day}" }
                  own:   { content: { app: { it: { title: app } }, site: { it: { title: sito }, en: { title: site } } } }
                  site:  { content: { site: { it: { title: sito }, en: { title: site } } } }
                  shops: { content: { site: { it: { title: sito } }, pos: { it: { title: cassa } } } }
                  empty: { content: { site: { it: { title: sito } }, app: {} } }
                """,
                "journeys/shop.yaml", "{ journey: shop, start: one, stages: { one: {} } }",
                "decisions/rules.yaml", """
                rules:
                  - { id: all, where: page.all, show: nasty }
                  - { id: path, where: page.path, show: path }
                  - { id: dues, where: page.path, show: dues, priority: high }
                """);
        var result = PackReader.read(new PackFiles(new TreeMap<>(files)));
        assertThat(result.problems()).isEmpty();
        return Objects.requireNonNull(result.snapshot());
    }

    private static Touchpoint touchpoint(String key) {
        return Objects.requireNonNull(PACK.touchpoints().find(key));
    }

    private static PlacementDecision decide(String placement, SortedMap<String, String> context) {
        var page = touchpoint("page");
        var facts = PACK.factsFor(VisitorState.UNSEEN, NOON, "page", context);
        var asked = List.of(Objects.requireNonNull(page.placement(placement)));
        return Decider.decide(PACK, Inputs.of(new DecisionRequest(page, asked, context, NOON), facts))
                .placements()
                .get(0);
    }

    private static SortedMap<String, String> context(String... namesAndValues) {
        var context = new TreeMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            context.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return context;
    }

    private static String between(@Nullable String text, String before, String after) {
        assertThat(text).startsWith(before).endsWith(after);
        return Objects.requireNonNull(text).substring(before.length(), text.length() - after.length());
    }

    private static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    private static String nasty(long seed) {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int pieces = 1 + random.nextInt(6); pieces > 0; pieces--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverAVisitorTypedStaysAValue(int seed) throws JsonProcessingException {
        var name = nasty(seed);

        var said = decide("all", context("name", name, "day", "2026-12-31")).content();

        var plain = between(said.get("plain"), "Ciao ", "!");
        assertThat(plain).isEqualTo(name.replaceAll("[\\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", ""));
        assertThat(said.get("other")).isEqualTo(said.get("plain"));
        assertHtml(said.get("piece"), plain);
        assertPart(between(said.get("link"), "https://shop.example/p/-", "/x"), name);
        assertPart(between(said.get("query"), "/p?a=b&name=", "#top"), name);
        assertPart(between(said.get("photo"), "/img/-", ".png"), name);
        assertSameSite(URI.create("https://shop.example/a/b").resolve(said.getOrDefault("query", "")));
        assertSameSite(URI.create(said.getOrDefault("link", "")));
        assertThat(said.get("data")).doesNotContain("<", ">", "'", "&", "\n", "\u2028", "\u202e");
        assertThat(JSON.readTree(said.get("data")).get("name").textValue()).isEqualTo(name);
    }

    private static void assertHtml(@Nullable String piece, String plain) {
        var inner = between(piece, "<p title='", "</p>");
        var value = inner.substring(0, inner.indexOf("'>"));
        assertThat(inner).isEqualTo(value + "'>" + value);
        assertThat(value).doesNotContain("<", ">", "\"", "'").doesNotContainPattern("&(?!(amp|lt|gt|quot|#39);)");
        assertThat(value.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&amp;", "&"))
                .isEqualTo(plain);
    }

    private static void assertPart(String part, String name) {
        var halvesLost = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(part).matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})*");
        assertThat(URLDecoder.decode(part, StandardCharsets.UTF_8)).isEqualTo(halvesLost);
    }

    private static void assertSameSite(URI address) {
        assertThat(address.getScheme()).isEqualTo("https");
        assertThat(address.getRawAuthority()).isEqualTo("shop.example");
        assertThat(address.normalize().getRawPath()).startsWith("/p");
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "anna, roma, /anna/roma",
        "a/b, c?d, /a%2Fb/c%3Fd",
        "//evil.example, x, /%2F%2Fevil.example/x",
        "'\n', x, /%0A/x",
        ".., x,",
        "., x,",
        "x, ..,",
        "..., .x, /.../.x"
    })
    void anAddressThatLeadsElsewhereIsNotShown(String name, String area, @Nullable String link) {
        var context = context("name", name, "area", area);
        var page = touchpoint("page");
        var offer = Objects.requireNonNull(PACK.offers().find("path"));
        var facts = PACK.factsFor(VisitorState.UNSEEN, NOON, "page", context);
        var contents =
                new Contents(PACK, Inputs.of(new DecisionRequest(page, page.placements(), context, NOON), facts));
        var declared = Objects.requireNonNull(page.placement("path"));

        var decided = decide("path", context);

        assertThat(decided.content().get("link")).isEqualTo(link);
        assertThat(decided.judged().get(1).verdict().code()).isEqualTo(link == null ? "content" : "chosen");
        assertThat(contents.canShow(offer, declared)).isEqualTo(link != null);
        assertThat(contents.unfitIn(offer, declared)).isEqualTo(link == null ? "link" : null);
        assertThat(contents.unknownIn(offer)).isNull();
        assertThat(contents.canShow(offer, Objects.requireNonNull(page.placement("host"))))
                .isTrue();
    }

    @Test
    void whatIsUnknownIsNotCalledUnfit() {
        var context = context("name", "..");
        var page = touchpoint("page");
        var offer = Objects.requireNonNull(PACK.offers().find("path"));
        var facts = PACK.factsFor(VisitorState.UNSEEN, NOON, "page", context);
        var contents =
                new Contents(PACK, Inputs.of(new DecisionRequest(page, page.placements(), context, NOON), facts));
        var declared = Objects.requireNonNull(page.placement("path"));

        assertThat(contents.canShow(offer, declared)).isFalse();
        assertThat(contents.unfitIn(offer, declared)).isNull();
        assertThat(contents.unknownIn(offer)).isNotNull();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    it | 1.234,50 entro il 31 dic 2026 | /pay?due=1234.50&day=2026-12-31
                    en | 1,234.50 by Dec 31, 2026      | /en/pay?due=1234.50&day=2026-12-31
                    """)
    void numbersAndDaysAreWrittenInTheLanguageAndPlainlyInAddresses(String language, String plain, String link) {
        var said = decide("path", context("language", language, "due", "1234.5", "day", "2026-12-31"));

        assertThat(said.content()).containsEntry("plain", plain).containsEntry("link", link);
    }

    @ParameterizedTest(name = "{0} at {1}, wanted {2}: {4} in {3}")
    @CsvSource({
        "own, app, it, it, app",
        "own, app, en, it, app",
        "own, site, en, en, site",
        "site, app, en, en, site",
        "site, app, de, it, sito",
        "site, kiosk, it, it, sito",
        "shops, kiosk, it, it, cassa",
        "shops, kiosk, en, it, cassa",
        "shops, app, it, it, sito",
        "shops, till, it, it, cassa",
        "empty, app, it, it, sito",
        "site, till, it, ,",
        "own, kiosk, en, en, site"
    })
    void theContentOfAChannelComesFirstThenThatOfItsChain(
            String offer, String where, String wanted, @Nullable String language, @Nullable String title) {
        var context = context("language", wanted);
        var touchpoint = touchpoint(where);
        var slot = touchpoint.placements().get(0);
        var facts = PACK.factsFor(VisitorState.UNSEEN, NOON, where, context);
        var contents =
                new Contents(PACK, Inputs.of(new DecisionRequest(touchpoint, List.of(slot), context, NOON), facts));
        var found = Objects.requireNonNull(PACK.offers().find(offer));

        assertThat(contents.canShow(found, slot)).isEqualTo(title != null);
        if (title != null) {
            assertThat(contents.of(found, slot, Set.of()).language()).isEqualTo(language);
            assertThat(contents.of(found, slot, Set.of()).texts()).containsExactly(Map.entry("title", title));
        }
    }
}
