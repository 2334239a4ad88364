package io.tappa.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.rule.PlainRuleSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A story runs through the real engine, and whatever comes out otherwise is told with its reason. */
class StoriesTest {
    private static final Map<String, String> FILES = Map.of(
            "pack.yaml", "{ pack: lab, zone: Europe/Rome, currency: EUR, journey: shop }",
            "facts.yaml", """
            facts:
              views:   { label: product views, type: whole, count: Product Viewed }
              value:   { label: basket value, type: money, from: cart.value }
              country: { label: home country, type: word, trait: address.country }
              sizes:   { label: first size, type: word, last: Product Viewed, property: sizes.0 }
            """,
            "journeys/shop.yaml", """
            journey: shop
            start: new
            stages: { new: {}, warm: {}, idle: {} }
            moves:
              - { id: wants, on: Product Added, from: new, to: warm }
              - { id: cools, after: 2 hours without events, from: warm, to: idle }
              - { id: returns, on: Page Viewed, from: idle, to: new }
            """,
            "journeys/club.yaml", """
            journey: club
            start: outside
            enter if: { basket value: more than 0 }
            stages: { outside: {}, member: { ends: yes } }
            moves:
              - { id: joins, on: Joined, to: member }
              - { id: quits, on: Left, from: member, to: nowhere }
            """,
            "touchpoints.yaml", "touchpoints: { home: { channel: site, placements: { hero: { fallback: hello } } } }",
            "offers.yaml", """
            offers:
              hello: { value: 1, content: { site: { en: { title: Hello } } } }
              gift:  { value: 1, content: { site: { en: { title: A gift } } } }
            """,
            "decisions/home.yaml", "rules: [ { id: for-warm, where: home.hero, stage: warm, show: gift } ]",
            "contact-policy.yaml", "not more often than: [ { offer: gift, times: 1, per: 1 day } ]");

    private static List<String> differences(String... scenes) {
        var files = new TreeMap<>(FILES);
        var text = new StringBuilder("scenarios:\n- scenario: somebody\n  events:\n");
        for (var scene : scenes) {
            text.append("  - { ").append(scene).append(" }\n");
        }
        files.put("scenarios/story.yaml", text.toString());
        var result = PackReader.read(new PackFiles(files), PlainRuleSet::new);
        assertThat(result.problems().stream().map(Problem::inWords)).isEmpty();
        return ScenarioRun.all(Objects.requireNonNull(result.snapshot())).get(0).differences();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "stage: idle|expected stage idle of shop, but it is warm, for Product Added made the move wants at 2026-03-02 10:00, and Product Viewed made none",
                "stage of club: member|expected stage member of club, but it is outside, for Product Viewed made no move",
                "moves: [ wants, cools ]|expected the moves wants, cools in shop, but they were wants, for Product Added made the move wants at 2026-03-02 10:00, and Product Viewed made none",
                "moves of club: joins|expected the moves joins in club, but they were none, for Product Viewed made no move",
                "basket value: at least 20|expected basket value: at least 20, but it is 19.9 EUR",
                "home country: FR|expected home country: FR, but it is unknown",
                "reached: idle|expected reached: idle, but it is new and warm",
                "stage: warm, moves: [ wants ], product views: 2, basket value: 19.90, stage of club: outside|"
            })
    void whatIsNotAsExpectedIsToldWithItsReason(String expected, String told) {
        var differences = differences(
                "at: 2026-03-02 09:59, event: Product Viewed",
                "after: 1 minute, event: Product Added, product_id: p, price: 19.90",
                "after: 1 minute, event: Product Viewed, expect: { %s }".formatted(expected));

        assertThat(differences).isEqualTo(told == null ? List.of() : List.of("line 6, 2026-03-02 10:01: " + told));
    }

    @Test
    void decisionsAreAskedInBetweenAndRemembered() {
        assertThat(differences(
                        "at: 2026-03-02 10:00, where: home.hero, expect: { show: hello, fallback: yes }",
                        "event: Product Added, product_id: p, price: 20, where: home.hero, expect: { show: gift, because: for-warm }",
                        "after: 23 hours, where: home.hero, expect: { show: gift, stage: warm }",
                        "after: 0 minutes, where: home.hero, expect: nothing"))
                .containsExactly(
                        "line 6, 2026-03-03 09:00: expected stage warm of shop, but it is idle, for Time Passed made the"
                                + " move cools at 2026-03-02 12:00",
                        "line 6, 2026-03-03 09:00: expected gift, but got hello because no rule matched; gift was"
                                + " lost at conditions: the rule for-warm does not match: stage is idle and must be warm",
                        "line 7, 2026-03-03 09:00: expected nothing, but got hello because no rule matched");
    }

    @Test
    void timeOutsPassByThemselvesAndJourneysAreLeft() {
        assertThat(
                        differences(
                                "at: 2026-03-02 10:00, event: Product Added, product_id: p, price: 20",
                                "after: 119 minutes, expect: { stage: warm }",
                                "after: 1 minute, expect: { stage: idle, stage of club: outside }",
                                "after: 1 day, event: Joined, expect: { stage of club: member }",
                                "event: Left, expect: { stage of club: nowhere, moves of club: [ joins, quits ] }",
                                "at: 2026-03-05 08:00, event: Page Viewed, expect: { stage: new, moves: [ wants, cools, returns ] }"))
                .isEmpty();
    }

    @Test
    void propertiesMayBeNestedAndListed() {
        assertThat(differences(
                        "at: 2026-03-02 10:00, event: Identified, traits: { address: { country: IT } }",
                        "event: Product Viewed, sizes: [ 41, 42 ], expect: { home country: IT, first size: 41 }"))
                .isEmpty();
    }

    @Test
    void whoSaysNothingOfConsentIsRemembered() {
        var added = "at: 2026-03-02 10:00, event: Product Added, product_id: p, price: 20";

        assertThat(differences(added, "after: 1 hour, expect: { stage: warm }")).isEmpty();
        assertThat(differences(
                        added + ", context: { consent: { ad_storage: granted } }",
                        "after: 1 hour, expect: { stage: warm }"))
                .containsExactly(
                        "line 5, 2026-03-02 11:00: expected stage warm of shop, but it is nowhere, for the visit"
                                + " has ended and was forgotten");
        assertThat(differences(
                        added + ", context: { consent: { personalization_storage: denied } }, expect: { stage: warm }"))
                .containsExactly(
                        "line 4, 2026-03-02 10:00: expected stage warm of shop, but it is nowhere, for the visit"
                                + " has ended and was forgotten");
    }
}
