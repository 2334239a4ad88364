package io.tappa.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.fact.FactValues;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.PlainRuleSet;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.RuleCompiler;
import io.tappa.engine.rule.RuleSet;
import io.tappa.engine.rule.drools.DroolsRuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final int VISITORS = 20_000;
    private static final long SEED = 7;

    /** A pack with {@code rules} for one placement, each an id and its conditions. */
    private static PackSnapshot pack(RuleCompiler compiler, List<String> conditions) {
        var files = new TreeMap<String, String>();
        files.put("pack.yaml", "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [en], journey: shop }");
        files.put("facts.yaml", """
                facts:
                  spent:   { type: money, sum: Order Completed, property: total }
                  views:   { type: whole, count: Product Viewed }
                  idle:    { type: number, unit: hours, since: any event }
                  country: { type: word, trait: country }
                  city:    { type: word, trait: city }
                  card:    { type: yesno, trait: card }
                  joined:  { type: date, trait: joined }
                """);
        files.put("touchpoints.yaml", """
                touchpoints:
                  home: { channel: site, placements: { hero: {} } }
                  cart: { channel: site, placements: { drawer: {} } }
                """);
        files.put("offers.yaml", "offers: { gift: { content: { site: { en: { title: A gift } } } } }");
        files.put("personas.yaml", "personas: { fan: { if: { views: 3 } }, owl: { if: { views: 4 } } }");
        files.put("journeys/shop.yaml", """
                journey: shop
                start: one
                stages: { one: {}, two: {} }
                moves:
                  - { id: on, on: Product Viewed, from: one, if: { views: at least 3 }, to: two }
                  - { id: on-fast, on: Product Viewed, from: one, if: { views: at least 4 }, to: two }
                  - { id: back, on: Page Viewed, from: two, to: one }
                """);
        var rules = new StringBuilder("rules:\n");
        for (int i = 0; i < conditions.size(); i++) {
            rules.append("  - { id: rule-%s, where: home, if: { %s }, show: gift }%n".formatted(i, conditions.get(i)));
        }
        files.put("decisions/rules.yaml", rules.toString());
        var result = PackReader.read(new PackFiles(files), compiler);
        assertThat(result.problems())
                .filteredOn(problem -> problem.place().source().startsWith("journeys/"))
                .extracting(problem -> problem.place().rule() + " " + problem.code())
                .containsExactly("on-fast never-wins");
        return Objects.requireNonNull(result.snapshot());
    }

    /** Three hundred rules of which many differ in one threshold, one word or one "not" only. */
    private static List<String> nearlyAlike() {
        var conditions = new ArrayList<String>();
        for (int i = 0; i < 60; i++) {
            conditions.add("country: IT, spent: at least %s".formatted(i));
            conditions.add("country: IT, spent: more than %s".formatted(i));
            conditions.add("country: C%s, spent: at least 10".formatted(i));
        }
        for (int i = 0; i < 20; i++) {
            conditions.add("country: A or B%s".formatted(i));
            conditions.add("country: not A and B%s".formatted(i));
            conditions.add("country: not A, city: C%s".formatted(i));
            conditions.add("city: A, country: C%s".formatted(i));
            conditions.add("persona: fan, views: %s".formatted(i));
        }
        conditions.addAll(List.of(
                "persona: fan",
                "persona: not fan",
                "persona: owl",
                "persona: fan or owl",
                "persona: not fan or owl",
                "card: yes",
                "card: no",
                "card: known",
                "card: unknown",
                "country: unknown",
                "city: unknown",
                "country: known, city: unknown",
                "joined: before 2026-03-01",
                "joined: after 2026-03-01",
                "joined: in the last 14 days",
                "joined: in the last 15 days",
                "idle: at least 2 hours",
                "idle: 2 hours to 3 hours",
                "stage: one",
                "reached: one or two"));
        return conditions;
    }

    @Test
    void droolsAndThePlainMeaningAgreeOnNearlyEqualRules() {
        var conditions = nearlyAlike();

        var comparison = Comparison.of(pack(DroolsRuleSet::compile, conditions), VISITORS, SEED);

        assertThat(conditions).hasSize(300);
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.agrees()).isTrue();
        assertThat(comparison.neverMatched()).isEmpty();
        assertThat(comparison.matches()).isGreaterThan(VISITORS);
        assertThat(comparison.visitors()).isEqualTo(VISITORS);
    }

    @Test
    void rulesThatDifferInOneThresholdAreToldApart() {
        var pack = pack(DroolsRuleSet::compile, List.of("spent: at least 50", "spent: at least 50.01"));
        var spent = Objects.requireNonNull(pack.facts().find("spent")).index();
        var at = Objects.requireNonNull(pack.facts().find("touchpoint")).index();
        var facts = pack.facts().blank(0);
        facts.put(at, "home");

        facts.put(spent, 49_99);
        assertThat(pack.decisions().matching(facts)).isEmpty();
        facts.put(spent, 50_00);
        assertThat(pack.decisions().matching(facts)).extracting(Rule::id).containsExactly("rule-0");
        facts.put(spent, 50_01);
        assertThat(pack.decisions().matching(facts)).extracting(Rule::id).containsExactly("rule-0", "rule-1");
    }

    @Test
    void theSameSeedComparesTheSameVisitors() {
        var pack = pack(PlainRuleSet::new, nearlyAlike());

        assertThat(Comparison.of(pack, 500, SEED)).isEqualTo(Comparison.of(pack, 500, SEED));
        assertThat(Comparison.of(pack, 500, SEED).matches())
                .isNotEqualTo(Comparison.of(pack, 500, SEED + 1).matches());
    }

    @Test
    void aThresholdWrongByOneIsFound() {
        var conditions = nearlyAlike();
        var wrong = new ArrayList<>(conditions);
        int changed = wrong.indexOf("country: IT, spent: at least 30");
        wrong.set(changed, "country: IT, spent: at least 30.01");

        assertFinds(wrong, conditions, "rule-" + changed);
    }

    @Test
    void aMissedNotIsFound() {
        var conditions = nearlyAlike();
        var wrong = new ArrayList<>(conditions);
        int changed = wrong.indexOf("persona: not fan");
        wrong.set(changed, "persona: fan");

        assertFinds(wrong, conditions, "rule-" + changed);
    }

    private static void assertFinds(List<String> compiled, List<String> written, String rule) {
        var wrong = pack(PlainRuleSet::new, compiled);
        var right = pack(
                rules -> rules.stream().anyMatch(any -> any.id().equals("rule-0"))
                        ? new Mistaken(rules, wrong.decisions())
                        : new PlainRuleSet(rules),
                written);

        var comparison = Comparison.of(right, VISITORS / 10, SEED);

        assertThat(comparison.agrees()).isFalse();
        assertThat(comparison.different()).isPositive();
        assertThat(comparison.differences())
                .hasSizeBetween(1, Comparison.MOST_TOLD)
                .allSatisfy(difference ->
                        assertThat(difference).startsWith("Visitor ").contains("seed 7", "the decision rules", rule));
    }

    /** Says it holds {@code rules}, but asks others. */
    private record Mistaken(List<Rule> rules, RuleSet asked) implements RuleSet {
        @Override
        public List<Rule> matching(FactValues facts) {
            return asked.matching(facts);
        }
    }

    @Test
    void aRuleThatNobodyCanMatchIsNamed() {
        var pack = pack(PlainRuleSet::new, List.of("persona: fan", "persona: fan, any of: [ { persona: not fan } ]"));

        assertThat(Comparison.of(pack, 1_000, SEED).neverMatched()).containsExactly("rule-1");
    }
}
