package io.tappa.engine.decision;

import io.tappa.engine.condition.ValueSet.Interval;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactValues;

/** The least that would have to be different for a candidate to pass a filter. */
public sealed interface Change {
    /**
     * A number or a date is another one; each one nearer to the present value would not do.
     *
     * @param fact which
     * @param from the present value in stored units, or {@link FactValues#UNKNOWN}
     * @param to the value that would do, in stored units
     * @param would all values around it that would do as well, within what the fact can be
     */
    record OfNumber(Fact fact, long from, long to, Interval would) implements Change {
        /** How far it is, in stored units; of what is unknown, as far as can be. */
        long distance() {
            long distance = Math.abs(to - from);
            return from == FactValues.UNKNOWN || distance < 0 ? Long.MAX_VALUE : distance;
        }
    }

    /**
     * A word is another one.
     *
     * @param fact which
     * @param wanted the words that would do
     */
    record OfWord(Fact fact, Words wanted) implements Change {}

    /**
     * Something is known, or is not.
     *
     * @param fact what
     * @param known whether it would have to be known
     */
    record OfKnowledge(Fact fact, boolean known) implements Change {}

    /**
     * Something is consented to.
     *
     * @param name the purpose, or the purpose for a channel
     */
    record OfConsent(String name) implements Change {}

    /**
     * Time passes.
     *
     * @param untilMillis the first moment that would do, in milliseconds since 1970
     */
    record Later(long untilMillis) implements Change {}

    /**
     * A rule is more important.
     *
     * @param rule id of the rule
     * @param to the priority that would do
     */
    record OfPriority(String rule, int to) implements Change {}

    /**
     * An offer is more valuable.
     *
     * @param offer key of the offer
     * @param toCents the value that would do, in minor units of the currency
     */
    record OfValue(String offer, long toCents) implements Change {}
}
