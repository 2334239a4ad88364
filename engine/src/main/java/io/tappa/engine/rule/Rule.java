package io.tappa.engine.rule;

import io.tappa.engine.condition.Box;
import io.tappa.engine.problem.Place;
import java.util.Comparator;
import java.util.List;

/**
 * A rule in the closed model: nothing in it is code.
 *
 * @param id stable name, unique in its rule set
 * @param title the author's sentence, or the id
 * @param priority 0 to 100; must is 100, high 75, normal 50, low 25
 * @param weight how much it counts among equals, in percent; 100 as a rule
 * @param fromMillis first moment it counts, or {@link Long#MIN_VALUE}
 * @param untilMillis first moment it no longer counts, or {@link Long#MAX_VALUE}
 * @param alternatives one of the boxes must hold
 * @param outcome what it wants
 * @param place where it was written
 */
public record Rule(
        String id,
        String title,
        int priority,
        int weight,
        long fromMillis,
        long untilMillis,
        List<Box> alternatives,
        Outcome outcome,
        Place place) {
    /** Highest priority first; equal ones by id, so that the order is total. */
    public static final Comparator<Rule> BEST_FIRST =
            Comparator.comparingInt(Rule::priority).reversed().thenComparing(Rule::id);
    /** Weight where the author gives none. */
    public static final int NORMAL_WEIGHT = 100;
    /** Most alternatives a rule may have once they are written out. */
    public static final int MOST_ALTERNATIVES = 64;

    public Rule {
        alternatives = List.copyOf(alternatives);
    }

    /** Whether it counts at {@code nowMillis}. */
    public boolean isOpen(long nowMillis) {
        return fromMillis <= nowMillis && nowMillis < untilMillis;
    }
}
