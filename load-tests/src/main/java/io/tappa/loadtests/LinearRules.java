package io.tappa.loadtests;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.RuleSet;
import java.util.ArrayList;
import java.util.List;

/** What a plain loop over all rules costs, written as one would write it for speed: the measure of bar 5. */
final class LinearRules implements RuleSet {
    private final List<Rule> rules;
    private final Line[][] alternatives;

    LinearRules(List<Rule> rules) {
        this.rules = rules;
        this.alternatives = rules.stream()
                .map(rule -> rule.alternatives().stream().map(LinearRules::line).toArray(Line[]::new))
                .toArray(Line[][]::new);
    }

    /** One word that a fact must be. */
    private record WordIs(int index, String word) {}

    /** One alternative: single words to be compared, then all other conditions. */
    private record Line(List<WordIs> words, List<Condition> rest) {
        boolean holds(FactValues values) {
            for (int i = 0; i < words.size(); i++) {
                if (!words.get(i).word().equals(values.word(words.get(i).index()))) {
                    return false;
                }
            }
            for (int i = 0; i < rest.size(); i++) {
                if (!rest.get(i).holds(values)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Line line(Box box) {
        return new Line(
                box.conditions().stream()
                        .filter(Condition::isOneWord)
                        .map(condition -> new WordIs(
                                condition.fact().index(),
                                ((ValueSet.Words) condition.values()).words().first()))
                        .toList(),
                box.conditions().stream()
                        .filter(condition -> !condition.isOneWord())
                        .toList());
    }

    @Override
    public List<Rule> matching(FactValues facts) {
        var matching = new ArrayList<Rule>(8);
        for (int rule = 0; rule < alternatives.length; rule++) {
            for (var line : alternatives[rule]) {
                if (line.holds(facts)) {
                    matching.add(rules.get(rule));
                    break;
                }
            }
        }
        return matching;
    }

    @Override
    public List<Rule> rules() {
        return rules;
    }
}
