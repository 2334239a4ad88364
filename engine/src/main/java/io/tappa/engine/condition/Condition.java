package io.tappa.engine.condition;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import java.util.Comparator;

/**
 * One question about one fact.
 *
 * @param fact what is asked about
 * @param values for which values it holds
 */
public record Condition(Fact fact, ValueSet values) {
    /** Words before sets before numbers, each by catalogue index: the one order in which rules ask. */
    public static final Comparator<Condition> ASKING_ORDER =
            Comparator.comparingInt(Condition::cost).thenComparingInt(condition -> condition.fact.index());

    /** Whether it holds for {@code facts}. Never throws. */
    public boolean holds(FactValues facts) {
        return values.contains(facts, fact);
    }

    /** Whether it asks for exactly one word of a fact that has at most one. */
    public boolean isOneWord() {
        return cost() == 0;
    }

    private int cost() {
        if (fact.type().isNumeric() || values instanceof ValueSet.Known) {
            return 2;
        }
        boolean one = values instanceof ValueSet.Words words
                && !words.negated()
                && words.words().size() == 1
                && fact.type() != FactType.WORDS;
        return one ? 0 : 1;
    }
}
