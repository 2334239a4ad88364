package io.tappa.engine.rule;

import io.tappa.engine.fact.FactValues;
import java.util.List;

/**
 * The meaning of rules, in the plainest form: the reference that every faster rule set must equal.
 *
 * @param rules in the author's order
 */
public record PlainRuleSet(List<Rule> rules) implements RuleSet {
    public PlainRuleSet {
        rules = List.copyOf(rules);
    }

    @Override
    public List<Rule> matching(FactValues facts) {
        return rules.stream()
                .filter(rule -> rule.alternatives().stream().anyMatch(box -> box.holds(facts)))
                .toList();
    }
}
