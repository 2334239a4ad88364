package io.tappa.loadtests;

import io.tappa.engine.condition.Condition;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.RuleSet;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.evrete.KnowledgeService;
import org.evrete.api.Knowledge;

/** The same rules in Evrete: one fact, one predicate for each condition, a new stateless session for each visit. */
final class EvreteRules implements RuleSet {
    private final List<Rule> rules;
    private final Knowledge knowledge;

    EvreteRules(List<Rule> rules) {
        this.rules = rules;
        var builder = new KnowledgeService().newKnowledge().builder();
        for (int ordinal = 0; ordinal < rules.size(); ordinal++) {
            int matched = ordinal;
            for (var box : rules.get(ordinal).alternatives()) {
                var left = builder.newRule().forEach("$visit", Visit.class);
                for (var condition : box.conditions()) {
                    left = left.where(new Holds(condition), "$visit.facts");
                }
                left.execute(context -> context.<Visit>get("$visit").matched.set(matched));
            }
        }
        this.knowledge = builder.build();
    }

    /** What is inserted. */
    public static final class Visit {
        private final FactValues facts;
        private final BitSet matched = new BitSet();

        Visit(FactValues facts) {
            this.facts = facts;
        }

        /** Read by Evrete. */
        public FactValues getFacts() {
            return facts;
        }
    }

    private record Holds(Condition condition) implements Predicate<Object[]> {
        @Override
        public boolean test(Object[] values) {
            return condition.holds((FactValues) values[0]);
        }
    }

    @Override
    public List<Rule> matching(FactValues facts) {
        var visit = new Visit(facts);
        knowledge.newStatelessSession().insertAndFire(visit);
        return visit.matched.stream().mapToObj(rules::get).toList();
    }

    @Override
    public List<Rule> rules() {
        return rules;
    }
}
