package io.tappa.engine.rule.drools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.Source;
import io.tappa.engine.problem.Place;
import io.tappa.engine.rule.Outcome;
import io.tappa.engine.rule.PlainRuleSet;
import io.tappa.engine.rule.Rule;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drools merges conditions that it takes for the same: different ones must never look alike to it. */
class DroolsRuleSetTest {
    private static final Source SOURCE = new Source.Context("anything");
    /** Twelve facts, so that index 1 followed by 1 looks like index 11; names are as confusing as can be. */
    private static final FactCatalog FACTS = facts();

    private static final List<String> WORDS = List.of(
            "a", "b", "a b", "1:a", "a 1:b", "1=a", "=a", " in 1:a", "not a", "rest of a#1", "1", "11", "\"", "");

    private static FactCatalog facts() {
        var facts = new ArrayList<Fact>();
        for (int i = 0; i < 12; i++) {
            facts.add(Fact.of(i, "f" + i, "f" + i, i % 4 == 3 ? FactType.WORDS : FactType.WORD, 1, SOURCE));
        }
        return new FactCatalog(facts, ZoneOffset.UTC);
    }

    private static Rule rule(String id, Box... alternatives) {
        return new Rule(
                id,
                id,
                50,
                Rule.NORMAL_WEIGHT,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                List.of(alternatives),
                new Outcome.MoveTo("shop", "two", id),
                Place.file("here"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void confusingWordsAndIdsAreKeptApart(int seed) {
        var random = new Random(seed);
        var rules = new ArrayList<Rule>();
        for (int i = 0; i < 150; i++) {
            rules.add(rule(i % 2 == 0 ? "a#" + i : "a#1#" + i, box(random), box(random)));
        }
        var compiled = DroolsRuleSet.compile(rules);
        var plain = new PlainRuleSet(rules);

        for (int visitor = 0; visitor < 200; visitor++) {
            var values = FACTS.blank(0);
            for (var fact : FACTS.facts()) {
                if (fact.type() == FactType.WORDS) {
                    values.put(fact.index(), some(random));
                } else if (random.nextInt(4) > 0) {
                    values.put(fact.index(), WORDS.get(random.nextInt(WORDS.size())));
                }
            }
            assertThat(compiled.matching(values)).as("visitor %d", visitor).isEqualTo(plain.matching(values));
        }
    }

    private static Box box(Random random) {
        var conditions = new ArrayList<Condition>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            var fact = FACTS.facts().get(random.nextInt(12));
            conditions.add(new Condition(
                    fact,
                    random.nextInt(5) == 0
                            ? new ValueSet.Known(random.nextBoolean())
                            : new ValueSet.Words(some(random), random.nextBoolean())));
        }
        return new Box(conditions);
    }

    private static SortedSet<String> some(Random random) {
        var some = new TreeSet<String>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            some.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        return some;
    }

    @Test
    void twoRulesOfOneIdAreRefused() {
        assertThatThrownBy(() -> DroolsRuleSet.compile(List.of(rule("a", Box.ANY), rule("a", Box.ANY))))
                .hasMessageContaining("two rules with the id a");
    }

    @Test
    void noRulesMatchNobodyAndARuleWithoutConditionsEverybody() {
        assertThat(DroolsRuleSet.compile(List.of()).matching(FACTS.blank(0))).isEmpty();
        assertThat(DroolsRuleSet.compile(List.of(rule("a", Box.ANY), rule("b"))).matching(FACTS.blank(0)))
                .extracting(Rule::id)
                .containsExactly("a");
    }
}
