package io.tappa.loadtests;

import io.tappa.engine.condition.Box;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.RuleSet;
import java.util.ArrayList;
import java.util.List;

/**
 * What a plain loop over all rules costs: the measure of bar 5.
 *
 * @param rules in the author's order
 */
record LinearRules(List<Rule> rules) implements RuleSet {
    @Override
    public List<Rule> matching(FactValues facts) {
        var matching = new ArrayList<Rule>(8);
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            if (anyHolds(rule.alternatives(), facts)) {
                matching.add(rule);
            }
        }
        return matching;
    }

    private static boolean anyHolds(List<Box> alternatives, FactValues facts) {
        for (int i = 0; i < alternatives.size(); i++) {
            if (allHold(alternatives.get(i), facts)) {
                return true;
            }
        }
        return false;
    }

    private static boolean allHold(Box box, FactValues facts) {
        var conditions = box.conditions();
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).holds(facts)) {
                return false;
            }
        }
        return true;
    }
}
