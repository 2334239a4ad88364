package io.tappa.engine.rule.drools;

import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.alphaIndexedBy;
import static org.drools.model.PatternDSL.declarationOf;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.rule;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.RuleSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.drools.model.Index;
import org.drools.model.PatternDSL.PatternDef;
import org.drools.model.functions.Block1;
import org.drools.model.functions.Function1;
import org.drools.model.functions.Predicate1;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;

/**
 * Rules in Drools: the closed model, built in memory into an executable model.
 *
 * <p>No text is generated or compiled and no class is made, so nothing an author wrote can become code. One flat fact,
 * one pattern per alternative: words first and in one order, so that rules share their nodes; then sets; then all
 * numbers as one predicate.
 */
public final class DroolsRuleSet implements RuleSet {
    private static final String PACKAGE = "tappa";

    private final List<Rule> rules;
    private final KieBase base;
    private final int alternatives;

    private DroolsRuleSet(List<Rule> rules, KieBase base, int alternatives) {
        this.rules = rules;
        this.base = base;
        this.alternatives = alternatives;
    }

    /** Compiles {@code rules}, whose ids must be unique. */
    public static DroolsRuleSet compile(List<Rule> rules) {
        var ids = new HashSet<String>();
        var model = new ModelImpl();
        int alternatives = 0;
        for (int ordinal = 0; ordinal < rules.size(); ordinal++) {
            var rule = rules.get(ordinal);
            if (!ids.add(rule.id())) {
                throw new IllegalArgumentException("""
                        rules has two rules with the id %s, and the later would silently replace the earlier.
                        Maybe check the pack before compiling it.""".formatted(rule.id()));
            }
            for (var box : rule.alternatives()) {
                model.addRule(compile(rule.id() + "#" + alternatives, ordinal, box));
                alternatives++;
            }
        }
        var compiled =
                new DroolsRuleSet(List.copyOf(rules), KieBaseBuilder.createKieBaseFromModel(model), alternatives);
        compiled.buildNetworkNow();
        return compiled;
    }

    /** Drools builds its network with the first session; better here than on the first visitor. */
    private void buildNetworkNow() {
        base.newKieSession().dispose();
    }

    private static org.drools.model.Rule compile(String name, int ordinal, Box box) {
        var visit = declarationOf(Visit.class, "$visit");
        PatternDef<Visit> pattern = pattern(visit);
        var rest = new ArrayList<Condition>();
        for (var condition : box.conditions()) {
            if (condition.isOneWord()) {
                pattern = oneWord(pattern, condition);
            } else if (condition.values() instanceof ValueSet.Words words) {
                pattern = pattern.expr(sharedName(condition, words), new Holds(condition));
            } else {
                rest.add(condition);
            }
        }
        if (!rest.isEmpty()) {
            pattern = pattern.expr("rest of " + name, new AllHold(List.copyOf(rest)));
        }
        return rule(PACKAGE, name).build(pattern, on(visit).execute(new Collect(ordinal)));
    }

    /** Equal conditions have equal names and so share a node; different ones must never, or Drools merges them. */
    private static String sharedName(Condition condition, ValueSet.Words words) {
        var name = new StringBuilder().append(condition.fact().index()).append(words.negated() ? " not" : " in");
        words.words()
                .forEach(word ->
                        name.append(' ').append(word.length()).append(':').append(word));
        return name.toString();
    }

    private static PatternDef<Visit> oneWord(PatternDef<Visit> pattern, Condition condition) {
        int index = condition.fact().index();
        var word = ((ValueSet.Words) condition.values()).words().first();
        return pattern.expr(
                index + "=" + word,
                new WordIs(index, word),
                alphaIndexedBy(String.class, Index.ConstraintType.EQUAL, index, new WordAt(index), word));
    }

    @Override
    public List<Rule> matching(FactValues facts) {
        var visit = new Visit(facts, rules.size());
        var session = base.newKieSession();
        try {
            session.insert(visit);
            session.fireAllRules(alternatives + 1);
        } finally {
            session.dispose();
        }
        return visit.matching(rules);
    }

    @Override
    public List<Rule> rules() {
        return rules;
    }

    private record WordAt(int index) implements Function1<Visit, String> {
        @Override
        public @Nullable String apply(Visit visit) {
            return visit.word(index);
        }
    }

    private record WordIs(int index, String word) implements Predicate1<Visit> {
        @Override
        public boolean test(Visit visit) {
            return word.equals(visit.word(index));
        }
    }

    private record Holds(Condition condition) implements Predicate1<Visit> {
        @Override
        public boolean test(Visit visit) {
            return condition.holds(visit.facts());
        }
    }

    private record AllHold(List<Condition> conditions) implements Predicate1<Visit> {
        @Override
        public boolean test(Visit visit) {
            for (int i = 0; i < conditions.size(); i++) {
                if (!conditions.get(i).holds(visit.facts())) {
                    return false;
                }
            }
            return true;
        }
    }

    private record Collect(int ordinal) implements Block1<Visit> {
        @Override
        public void execute(Visit visit) {
            visit.collect(ordinal);
        }
    }
}
