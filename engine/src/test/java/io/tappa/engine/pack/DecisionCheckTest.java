package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.decision.Decider;
import io.tappa.engine.visitor.Memory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the checker says of decision rules, in the mode in force. */
class DecisionCheckTest {
    private static final String BEATEN = """
            rules:
              - { id: any, where: home.hero, if: { size: at least 1 }, show: o1, priority: high }
              - { id: some, where: home.hero, if: { size: 2 to 3, taste: red }, show: o2 }
            """;
    private static final String EQUAL = """
            rules:
              - { id: one, where: home.hero, if: { size: at least 1 }, show: o2 }
              - { id: two, where: home.hero, if: { size: at most 3 }, show: o4 }
            """;
    private static final String NO_PROPENSITY = "arbitration: { propensity: no }\n";

    private static DecisionLab lab(String rules, Map<String, String> more) {
        var files = new TreeMap<>(more);
        files.put("decisions/home.yaml", rules);
        return new DecisionLab(files);
    }

    private static DecisionLab withSettings(String rules, String settings) {
        return lab(rules, Map.of("pack.yaml", DecisionLab.settings(settings)));
    }

    @Test
    void namesTheRuleThatAlwaysComesFirstByStrictPriority() {
        var lab = lab(BEATEN, Map.of());

        assertThat(lab.said())
                .containsExactly(
                        "never-wins: some never wins at home.hero, but for those who dismissed o1: any matches whenever it does, for example for somebody with taste red, size 2, and comes first: priority is strict, and 75 is more than 50.");
    }

    @Test
    void aDismissalIsTheExceptionThatItNames() {
        var lab = lab(BEATEN, Map.of());
        var found = lab.found().get(0);
        var who = found.who();

        var inputs = lab.inputs(lab.placements().subList(0, 1), who.facts(), who.atMillis());
        var dismissed = inputs.after(Memory.NONE.dismissing("o1", who.atMillis()));

        assertThat(Decider.decide(lab.pack(), inputs).placements().get(0).rule())
                .isEqualTo("any");
        assertThat(Decider.decide(lab.pack(), dismissed).placements().get(0).rule())
                .isEqualTo("some");
    }

    @Test
    void whatSomebodyMustHearCannotBeDismissed() {
        var lab = lab(BEATEN, Map.of("offers.yaml", """
                        offers:
                          o1: { class: mandatory, content: { site: { en: { title: One } } } }
                          o2: { content: { site: { en: { title: Two } } } }
                        """));

        assertThat(lab.said())
                .singleElement()
                .asString()
                .startsWith("never-wins: some never wins at home.hero: any matches whenever it does");
    }

    @Test
    void anotherPriorityDoesNotDecideByScore() {
        var rules = """
                rules:
                  - { id: any, where: home.hero, show: o2, priority: 30 }
                  - { id: some, where: home.hero, if: { taste: red }, show: o1, priority: 50 }
                """;

        assertThat(lab(rules, Map.of()).codes()).isEmpty();
        assertThat(withSettings(rules, "arbitrate: score\n" + NO_PROPENSITY).said())
                .singleElement()
                .asString()
                .endsWith("and comes first: by arbitrate: score (priority × value × weight) it is worth more.");
    }

    @Test
    void figuresOfEachDayAreNotForeseen() {
        assertThat(withSettings(BEATEN, "arbitrate: score\n").said())
                .containsExactly(
                        "not-checked: With arbitrate: score and propensity on, figures of each day decide which rule wins; never-wins and tie are not checked.");
    }

    @Test
    void namesTheRulesBetweenWhichOnlyNamesDecide() {
        assertThat(lab(EQUAL, Map.of()).codes()).isEmpty();
        assertThat(withSettings(EQUAL, NO_PROPENSITY).said())
                .containsExactly(
                        "tie: Only names decide between two and one at home.hero, for example for somebody with size 1: by strict priority, then value × weight, both are worth the same, so one wins, since the offer o2 comes before o4 in the alphabet.");
    }

    /** Two rules of equal worth that ask for {@code one} and {@code two}, with facts about counts, hours and the context. */
    private static DecisionLab equal(String one, String two) {
        return lab(
                """
                rules:
                  - { id: one, where: [home.hero, cart.hero], if: { %s }, show: o2 }
                  - { id: two, where: home.hero, if: { %s }, show: o4 }
                """.formatted(one, two),
                Map.of("pack.yaml", DecisionLab.settings(NO_PROPENSITY), "touchpoints.yaml", """
                        touchpoints:
                          home: { channel: site, placements: { hero: {} } }
                          cart: { channel: site, placements: { hero: {} } }
                        """, "facts.yaml", """
                        facts:
                          size:    { type: whole, trait: size }
                          taste:   { type: word, trait: taste }
                          inADay:  { label: orders in a day, type: whole, count: Order Completed, within: 24 hours }
                          inAWeek: { label: orders in a week, type: whole, count: Order Completed, within: 7 days }
                          worth:   { label: basket value, type: money, from: cart.value }
                          pieces:  { label: products in the basket, type: whole, from: cart.items }
                          hour:    { label: hour of the day, type: whole, range: 0 to 23, from: local hour }
                          day:     { label: day of the week, type: word, from: weekday }
                          device:  { label: device in use, type: word, from: context.device }
                        """));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "orders in a day: at least 2 | orders in a week: at most 5 | orders in a day 2, orders in a week 2",
                "basket value: more than 0 | products in the basket: at most 3 | basket value 0.01 EUR, products in the basket 1",
                "stage: b | size: 4 | stage b, size 4",
                "stage: not b | reached: b | stage a, reached a and b",
                "persona: big | size: at most 5 | persona big, size 4",
                "hour of the day: 20 to 22 | day of the week: sunday | hour of the day 20, day of the week sunday",
                "device in use: mobile | taste: red | device in use mobile, taste red",
            })
    void namesSomebodyWhoCanBe(String one, String two, String who) {
        var lab = equal(one, two);

        assertThat(lab.said())
                .singleElement()
                .asString()
                .startsWith("tie: Only names decide between two and one at home.hero, for example for somebody with ");
        var named = lab.said().get(0).replaceFirst(".*somebody with ", "").replaceFirst(": by .*", "");
        assertThat(named.split(", ")).containsExactlyInAnyOrder(who.split(", "));
        var decided = lab.decided(lab.found().get(0));
        assertThat(DecisionLab.verdict(decided, "one")).isEqualTo("chosen");
        assertThat(DecisionLab.verdict(decided, "two")).isEqualTo("outranked");
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "orders in a day: at least 2 | orders in a week: at most 1",
                "basket value: more than 0 | products in the basket: 0",
                "stage: b | reached: not b",
                "persona: big | size: at most 3",
                "hour of the day: 8 to 12 | hour of the day: 13 to 20",
            })
    void whomThereCannotBeTiesNothing(String one, String two) {
        assertThat(equal(one, two).codes()).isEmpty();
    }

    @Test
    void aRuleOfSeveralTouchpointsMayNeverWinAtOneOfThem() {
        var lab = lab("""
                rules:
                  - { id: any, where: home.hero, show: o1, priority: high }
                  - { id: some, where: [home.hero, cart.hero], if: { taste: red }, show: o2 }
                """, Map.of("touchpoints.yaml", """
                        touchpoints:
                          home: { channel: site, placements: { hero: {} } }
                          cart: { channel: site, placements: { hero: {} } }
                        """));

        assertThat(lab.said())
                .containsExactly(
                        "never-wins: some never wins at home.hero, but for those who dismissed o1: any matches whenever it does, for example for somebody with taste red, and comes first: priority is strict, and 75 is more than 50.");
    }

    @Test
    void ofRulesThatAskForNothingNobodyIsNamed() {
        var lab = withSettings("""
                rules:
                  - { id: one, where: home.hero, show: o2 }
                  - { id: two, where: home.hero, show: o4 }
                  - { id: three, where: home.side, show: o1 }
                  - { id: two-more, where: home.side, show: o1 }
                """, NO_PROPENSITY);

        assertThat(lab.said())
                .containsExactly(
                        "never-wins: two never wins at home.hero, but for those who dismissed o2: one matches whenever it does and comes first: by strict priority, then value × weight, both are worth the same, and the offer o2 comes before o4 in the alphabet.",
                        "never-wins: two-more never wins at home.side: three matches whenever it does and comes first: by strict priority, then value × weight, both are worth the same, and three comes before two-more in the alphabet.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a cap|contact-policy.yaml|not more often than: [ { offer: o1, times: 1, per: 7 days } ]",
                "pressure|contact-policy.yaml|pressure: { budget: 10, per: 7 days, costs: { site: 3 } }",
                "hold back|contact-policy.yaml|hold back: { share: 5 %, shows: next best }",
                "quiet hours|contact-policy.yaml|quiet hours: { channels: [site], from: \"21:00\", to: \"08:00\" }",
                "a campaign that ends|campaigns/c.yaml|{ campaign: c, until: 2026-12-31, offers: [ o1 ] }",
                "a budget|campaigns/c.yaml|{ campaign: c, budget: 100, offers: [ o1 ] }",
                "a segment|offers.yaml|offers: { o1: { for: sweet, content: { site: { en: { title: x } } } }, o2: { content: { site: { en: { title: x } } } } }",
                "hours|offers.yaml|offers: { o1: { hours: \"08:00 to 22:00\", content: { site: { en: { title: x } } } }, o2: { content: { site: { en: { title: x } } } } }",
                "a product|offers.yaml|offers: { o1: { product: p1, content: { site: { en: { title: x } } } }, o2: { content: { site: { en: { title: x } } } } }",
                "consent|offers.yaml|offers: { o1: { purpose: ad_personalization, content: { site: { en: { title: x } } } }, o2: { content: { site: { en: { title: x } } } } }",
                "what is kept|touchpoints.yaml|touchpoints: { home: { channel: site, placements: { hero: { keep: visit } } } }",
                "a list|touchpoints.yaml|touchpoints: { home: { channel: site, placements: { hero: { count: 2 } } } }",
                "a fallback elsewhere|touchpoints.yaml|touchpoints: { home: { channel: site, placements: { hero: {}, side: { fallback: o1 } } } }",
            })
    void saysNothingWhereTheOtherMayBeAway(String what, String file, String content) {
        assertThat(lab(BEATEN, Map.of(file, content)).codes()).doesNotContain("never-wins");
    }

    @Test
    void aRuleElsewhereOnThePageOrOneThatKeepsTheOfferAwayMayLetItWin() {
        assertThat(lab(BEATEN + "  - { id: beside, where: home.side, show: o1 }\n", Map.of())
                        .codes())
                .isEmpty();
        assertThat(lab(BEATEN + "  - { id: never, where: home.hero, if: { taste: blue }, never show: o1 }\n", Map.of())
                        .codes())
                .isEmpty();
        assertThat(lab(BEATEN.replace("priority: high", "priority: high, until: 2026-12-31"), Map.of())
                        .codes())
                .isEmpty();
    }

    @Test
    void aTextThatNeedsAFactMayBeAway() {
        var lab = lab("""
                rules:
                  - { id: any, where: home.hero, show: o1, priority: high }
                  - { id: some, where: home.hero, if: { taste: red }, show: o2 }
                """, Map.of("offers.yaml", """
                        offers:
                          o1: { content: { site: { en: { title: "{size} for you" } } } }
                          o2: { content: { site: { en: { title: Two } } } }
                        """));

        assertThat(lab.codes()).isEmpty();
    }

    @Test
    void whatTheBeatenRuleAsksIsKnownInTheTextOfTheOther() {
        var lab = lab(BEATEN, Map.of("offers.yaml", """
                        offers:
                          o1: { content: { site: { en: { title: "{size} for you" } } } }
                          o2: { content: { site: { en: { title: Two } } } }
                        """));

        assertThat(lab.codes()).containsExactly("never-wins");
    }

    @Test
    void twoThousandRulesOfOnePlacementTakeLittleTime() {
        var rules = new StringBuilder("rules:\n");
        for (int i = 0; i < 2_000; i++) {
            rules.append(
                    "  - { id: r%d, where: home.hero, if: { size: %d to %d, taste: not red }, show: o%d, priority: %d }%n"
                            .formatted(i, i % 50, 50 + i % 40, 1 + i % 4, i % 100));
        }
        for (var settings : List.of("", NO_PROPENSITY, "arbitrate: score\n" + NO_PROPENSITY)) {
            var pack = withSettings(rules.toString(), settings).pack();

            long begin = System.nanoTime();
            int found = DecisionCheck.found(pack).size();

            System.out.printf("%d findings in %d ms%n", found, (System.nanoTime() - begin) / 1_000_000);
            assertThat(found).isPositive();
        }
    }
}
