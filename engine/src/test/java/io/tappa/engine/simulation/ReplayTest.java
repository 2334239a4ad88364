package io.tappa.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.decision.Inputs;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.simulation.ReplayReport.Displays;
import io.tappa.engine.simulation.ReplayReport.Idle;
import io.tappa.engine.simulation.ReplayReport.Kind;
import io.tappa.engine.simulation.ReplayReport.Swap;
import io.tappa.engine.simulation.ReplayReport.Unjudged;
import io.tappa.engine.simulation.ReplayReport.Unjudged.What;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a replay says of particular changes. */
class ReplayTest {
    private static final String RULES = "decisions/rules.yaml";
    private static final PackSnapshot PACK = new ReplayLab().pack();
    private static final List<Inputs> VISITS = ReplayLab.visits(new Random(7), PACK, 400);

    private static ReplayReport replay(ReplayLab draft) {
        return ReplayLab.replay(PACK, draft.pack(), VISITS);
    }

    private static long at(String... touchpoints) {
        return VISITS.stream()
                .filter(visit -> List.of(touchpoints)
                        .contains(visit.request().touchpoint().key()))
                .count();
    }

    @Test
    void saysWhoTakesWhoseDisplaysAndWhy() {
        var report = replay(new ReplayLab().replace(RULES, "show: ship, priority: 60", "show: ship, priority: 20"));

        assertThat(report.changesNothing()).isFalse();
        assertThat(report.swaps().largest())
                .isSortedAccordingTo(Swap.LARGEST_FIRST)
                .extracting(Swap::from)
                .contains("ship");
        assertThat(report.examples())
                .filteredOn(example -> example.from().equals(List.of("ship")) && example.kind() == Kind.OTHER_OFFER)
                .isNotEmpty()
                .allSatisfy(example -> {
                    var winner = "r-" + example.to().get(0);
                    assertThat(example.whyBefore()).isEqualTo("rule r-ship matched, priority 60");
                    assertThat(example.whyNow()).startsWith("rule %s matched, priority ".formatted(winner));
                    assertThat(example.whyNot()).startsWith("outranked by " + winner);
                    assertThat(example.stage()).isIn("one", "two", "three");
                });
    }

    @Test
    void anOfferWhoseRuleMatchesNoMoreIsExplained() {
        var report = replay(new ReplayLab().replace(RULES, "basket: at least 30", "basket: at least 300"));

        assertThat(report.offers().get("ship")).extracting(Displays::now).isEqualTo(0L);
        assertThat(report.idleRules()).containsEntry("r-ship", Idle.NEVER_MATCHED);
        assertThat(report.examples())
                .filteredOn(example -> example.from().equals(List.of("ship")))
                .isNotEmpty()
                .allSatisfy(example -> assertThat(example.whyNot())
                        .startsWith("the rule r-ship does not match: basket is ")
                        .contains("at least 300 EUR"));
    }

    @Test
    void whatTheDraftNoLongerHasIsCountedAndNotCompared() {
        var report = replay(new ReplayLab()
                .replace(
                        "touchpoints.yaml",
                        "{ hero: { fallback: plain }, list: { count: 3 } }",
                        "{ list: { count: 3 } }")
                .replace("touchpoints.yaml", "letter:", "post:"));

        long hero = VISITS.stream()
                .filter(visit -> visit.request().placements().stream()
                        .anyMatch(placement -> placement.fullName().equals("home.hero")))
                .count();
        assertThat(report.gone()).isEqualTo(Map.of("home.hero", hero, "letter", at("letter")));
        assertThat(report.decisions()).isEqualTo(VISITS.size());
        assertThat(report.byPlacement()).doesNotContainKeys("home.hero", "letter.body");
        assertThat(report.changesNothing()).isFalse();
    }

    @Test
    void aFactThatNobodyWroteDownCannotBeJudged() {
        var report = replay(new ReplayLab()
                .replace("facts.yaml", "plan:", "orders: { type: whole, count: Order Completed }\n  plan:")
                .replace(RULES, "persona: fan }", "orders: at least 1 }"));

        assertThat(report.unjudged()).containsExactly(new Unjudged(What.FACT, "orders", VISITS.size()));
        assertThat(report.idleRules()).containsEntry("r-mail", Idle.NOT_JUDGED);
    }

    @Test
    void aFactOfOnePlaceTouchesOnlyDecisionsThere() {
        var report = replay(new ReplayLab()
                .replace("facts.yaml", "plan:", "orders: { type: whole, count: Order Completed }\n  plan:")
                .replace("personas.yaml", "views: at least 6", "orders: at least 3")
                .replace(RULES, "show: mail, priority: 45", "where: cart, show: mail, priority: 45"));

        assertThat(report.unjudged()).containsExactly(new Unjudged(What.FACT, "orders", at("cart")));
        assertThat(report.idleRules()).containsEntry("r-mail", Idle.NOT_JUDGED);
    }

    @Test
    void aFactOfAnotherTypeIsNotKnownAndOneOfAnotherDefinitionIsTakenAsItWas() {
        var report = replay(new ReplayLab()
                .replace(
                        "facts.yaml",
                        "country: { type: word, trait: country }",
                        "country: { type: text, trait: country }")
                .replace("facts.yaml", "within: 24 hours", "within: 7 days"));

        assertThat(report.unjudged())
                .containsExactly(
                        new Unjudged(What.FACT, "country", at("home", "cart")),
                        new Unjudged(What.OTHER_DEFINITION, "views", VISITS.size()));
        assertThat(report.offers().get("card")).extracting(Displays::now).isEqualTo(0L);
    }

    @Test
    void whatTheRequestSaidIsKnownThoughNoRuleAskedForIt() {
        var draft = new ReplayLab()
                .replace(RULES, "show: quiz, priority: 40", "show: quiz, priority: 99")
                .replace(RULES, "if: { views: less than 9 }", "if: { plan: pro }");

        var report = replay(draft);

        long pro = VISITS.stream()
                .filter(visit -> "pro".equals(visit.request().context().get("plan"))
                        && visit.request().touchpoint().key().equals("home"))
                .count();
        assertThat(report.unjudged()).isEmpty();
        assertThat(report.offers().get("quiz")).extracting(Displays::now).isEqualTo(pro);
    }

    @Test
    void capsGroupsPressureAndConsentsThatAreNewBeginAtNothing() {
        var report = replay(new ReplayLab()
                .with("contact-policy.yaml", """
                        not more often than: [ { offer: gift, times: 2, per: 3 days }, { offer: quiz, times: 1, per: 1 day } ]
                        only one of: [ { group: g, per: 5 days } ]
                        pressure: { budget: 4, per: 7 days, costs: { email: 1.5 } }
                        """)
                .replace(
                        "offers.yaml", "quiz:   { value: 1.00,", "quiz:   { value: 1.00, purpose: analytics_storage,"));

        assertThat(report.unjudged())
                .extracting(Unjudged::what)
                .containsExactly(What.CONSENT, What.CAP, What.EXCLUSION, What.PRESSURE);
        assertThat(report.unjudged())
                .extracting(Unjudged::name)
                .containsExactly("analytics_storage", "offer quiz at most 1× per 1 day", "only one of g", "pressure");
        assertThat(report.unjudged())
                .allSatisfy(one -> assertThat(one.decisions()).isPositive().isLessThan(VISITS.size()));
    }

    @Test
    void rulesThatNeverWonAreNamedWithTheReason() {
        var report = replay(new ReplayLab()
                .replace("touchpoints.yaml", "letter:", "till: { channel: site, placements: { slip: {} } }\n  letter:")
                .replace(RULES, "rules:", """
                        rules:
                          - { id: unasked, where: till, show: plain }
                          - { id: hopeless, where: cart.foot, show: ship, priority: 1, if: { basket: at least 40 } }
                          - { id: impossible, where: cart.foot, show: quiz, if: { country: XX } }
                          - { id: needless, where: cart, never show: quiz, if: { country: IT } }
                        """.stripTrailing()));

        assertThat(report.idleRules())
                .containsAllEntriesOf(Map.of(
                        "unasked", Idle.NOT_ASKED,
                        "hopeless", Idle.NEVER_WON,
                        "impossible", Idle.NEVER_MATCHED,
                        "needless", Idle.NEVER_WON))
                .doesNotContainKeys("r-quiet", "r-gift");
    }

    @Test
    void decisionsOfSeveralVersionsCountTogether() {
        var older = new ReplayLab()
                .replace("facts.yaml", "  views:", "  extra: { type: word, trait: extra }\n  views:")
                .replace(RULES, "priority: 60", "priority: 10")
                .pack();
        var draft =
                new ReplayLab().replace(RULES, "priority: 60", "priority: 10").pack();
        var old = ReplayLab.visits(new Random(8), older, 200);
        var replay = new Replay(PACK, draft);
        var ofOlder = replay.of(older);

        VISITS.forEach(replay::add);
        old.forEach(ofOlder::add);

        var alone = ReplayLab.replay(PACK, draft, VISITS);
        assertThat(replay.report()).isEqualTo(ofOlder.report());
        assertThat(replay.report().decisions()).isEqualTo(600);
        assertThat(replay.report().changedDecisions()).isEqualTo(alone.changedDecisions());
        assertThat(ReplayLab.replay(older, draft, old).changesNothing()).isTrue();
    }

    @Test
    void anExampleIsCalledAsTheCallerSays() {
        var draft =
                new ReplayLab().replace(RULES, "priority: 60", "priority: 10").pack();
        var replay = new Replay(PACK, draft);

        for (int i = 0; i < VISITS.size(); i++) {
            replay.add(VISITS.get(i), "decision " + i);
        }

        assertThat(replay.report().examples()).allSatisfy(example -> {
            var visit = VISITS.get(Integer.parseInt(example.id().substring("decision ".length())));
            assertThat(example.atMillis()).isEqualTo(visit.request().atMillis());
            assertThat(visit.request().placements())
                    .anyMatch(placement -> placement.fullName().equals(example.placement()));
        });
    }
}
