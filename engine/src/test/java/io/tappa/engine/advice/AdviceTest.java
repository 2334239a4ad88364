package io.tappa.engine.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pack of which nothing is to be said, one thing in it replaced, and what is said then. */
class AdviceTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Map<String, String> TIDY = Map.of(
            "pack.yaml",
            "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [en], journey: shop }",
            "facts.yaml",
            """
                    facts:
                      basket:  { label: basket value, type: money, from: context.basket }
                      gap:     { label: basket gap, type: money, upTo: 80, of: basket }
                      country: { label: home country, type: word, from: context.country }
                      ads:     { label: consent to ads, type: word, from: consent.ad_personalization }
                      seen:    { label: banners seen, type: whole, count: Promotion Viewed, within: 7 days }
                    """,
            "touchpoints.yaml",
            """
                    touchpoints:
                      home: { channel: site, placements: { hero: { fallback: welcome }, side: {} } }
                      cart: { channel: site, purpose: { two: win them back }, placements: { drawer: {} } }
                    """,
            "offers.yaml",
            """
                    offers:
                      shoes:   { content: { site: { en: { title: "Shoes for {home country}" } } } }
                      bags:    { content: { site: { en: { title: Bags } } } }
                      welcome: { content: { site: { en: { title: Welcome } } } }
                    """,
            "campaigns/spring.yaml",
            "{ campaign: spring, from: 2026-03-01, until: 2027-05-31, offers: [bags] }",
            "journeys/shop.yaml",
            """
                    journey: shop
                    start: one
                    stages: { one: {}, two: {} }
                    moves:
                      - { id: ahead, on: Page Viewed, if: { consent to ads: granted }, to: two }
                    """,
            "decisions/home.yaml",
            """
                    rules:
                      - { id: first, where: home.hero, show: shoes, if: { basket gap: at least 50 }, priority: high }
                      - { id: last, where: home.hero, stage: two, show: bags, if: { banners seen: at least 2 }, until: 2027-12-31 }
                      - { id: drawer-one, where: cart.drawer, stage: one, show: shoes }
                      - { id: drawer-two, where: cart.drawer, stage: two, show: bags }
                    """);

    @Test
    void findsNothingInATidyPack() {
        assertThat(advice(TIDY)).isEmpty();
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "decisions/home.yaml | until: 2027-12-31 | until: 2026-11-28 | WARNING ended decisions/home.yaml 3 last: The rule last is over since 2026-11-29.",
                "decisions/home.yaml | until: 2027-12-31 | until: 2026-12-12 | NOTE ends-soon decisions/home.yaml 3 last: The rule last is over on 2026-12-13.",
                "decisions/home.yaml | until: 2027-12-31 | until: 2026-12-13 18:00 | ",
                "decisions/home.yaml | until: 2027-12-31 | until: 2026-12-13 12:59 | NOTE ends-soon decisions/home.yaml 3 last: The rule last is over on 2026-12-13 12:59.",
                "offers.yaml | 'shoes:   {' | 'shoes:   { until: 2026-10-31,' | WARNING ended offers.yaml 2 shoes: The offer shoes is over since 2026-11-01.",
                "campaigns/spring.yaml | 2027-05-31 | 2026-05-31 | WARNING ended campaigns/spring.yaml 1 spring: The campaign spring is over since 2026-06-01.",
                "decisions/home.yaml | drawer, stage: two | drawer, stage: one | 'WARNING gap touchpoints.yaml 3 cart: At cart no rule has anything to show to people in the stage two, where its purpose is \"win them back\"; they see nothing.'",
                "decisions/home.yaml | drawer, stage: one | drawer, stage: two | WARNING gap touchpoints.yaml 3 cart: At cart no rule has anything to show to people in the stage one; they see nothing.",
                "decisions/home.yaml | drawer, stage: one | drawer, stage: not two | ",
                "touchpoints.yaml | hero: { fallback: welcome } | hero: {} | WARNING unused-offer offers.yaml 4 welcome: 'Nothing shows the offer welcome: no rule, no fallback, no experiment.'",
                "decisions/home.yaml | basket gap: at least 50 | basket value: at least 50 | NOTE unused-fact facts.yaml 3 gap: 'No rule, move, persona, segment or text asks for basket gap; it is gathered all the same.'",
                "decisions/home.yaml | banners seen: at least 2 | home country: IT | NOTE unused-fact facts.yaml 6 seen: 'No rule, move, persona, segment or text asks for banners seen; it is gathered all the same.'",
                "offers.yaml | Shoes for {home country} | Shoes | NOTE unused-fact facts.yaml 4 country: 'No rule, move, persona, segment or text asks for home country; it is gathered all the same.'",
                "decisions/home.yaml | basket gap: at least 50 | 'basket gap: at least 50, consent to ads: granted' | WARNING consent-in-rule decisions/home.yaml 2 first: 'first asks for consent (consent to ads), which a rule can forget.'",
                "decisions/home.yaml | banners seen: at least 2 | banners seen: less than 2 | 'WARNING cap-in-rule decisions/home.yaml 3 last: last limits how often somebody is reached by asking for banners seen, which counts only what is reported later.'",
                "decisions/home.yaml | banners seen: at least 2 | banners seen: 1 to 2 | ",
            })
    void says(String file, String old, String with, String expected) {
        var files = new TreeMap<>(TIDY);
        var before = Objects.requireNonNull(files.get(file));
        assertThat(before).contains(old);
        files.put(file, before.replace(old, with));

        assertThat(advice(files).stream().map(told -> told.replace("'", "")))
                .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected.replace("'", "")));
    }

    @Test
    void findsAGapWhereTheOnlyRuleIsOver() {
        var files = new TreeMap<>(TIDY);
        files.computeIfPresent(
                "decisions/home.yaml",
                (name, text) -> text.replace("drawer, stage: two", "drawer, until: 2026-11-01, stage: two"));

        assertThat(advice(files))
                .hasSize(2)
                .anyMatch(told -> told.startsWith("WARNING ended"))
                .anyMatch(told -> told.startsWith("WARNING gap"));
    }

    private static List<String> advice(Map<String, String> contents) {
        var files = new PackFiles(new TreeMap<>(contents));
        var result = PackReader.read(files);
        assertThat(result.problems()).extracting(Problem::severity).doesNotContain(Problem.Severity.ERROR);
        var pack = Objects.requireNonNull(result.snapshot(), () -> "has errors: " + result.problems());
        return Advice.of(files, pack, NOW.toEpochMilli()).stream()
                .map(problem -> "%s %s %s %d %s: %s"
                        .formatted(
                                problem.severity(),
                                problem.code(),
                                problem.place().source(),
                                problem.place().line(),
                                problem.place().rule(),
                                problem.what()))
                .toList();
    }
}
