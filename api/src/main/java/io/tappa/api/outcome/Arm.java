package io.tappa.api.outcome;

import io.tappa.engine.experiment.MeanPerPerson;
import io.tappa.engine.experiment.Proportion;
import io.tappa.engine.outcome.Comparison;
import java.math.BigInteger;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Those of a comparison who got the same.
 *
 * @param name what they got
 * @param people how many they are
 * @param reached how many of them reached the goal
 * @param value what that was worth, in minor units of the currency
 * @param squares the squares of what each was worth, summed
 */
record Arm(String name, long people, long reached, long value, BigInteger squares) {
    static Arm of(String comparison, String name, SortedMap<String, Long> counters) {
        var squares = BigInteger.valueOf(figure(comparison, name, Comparison.SQUARES, counters))
                .multiply(BigInteger.valueOf(Comparison.SQUARE_UNIT))
                .add(BigInteger.valueOf(figure(comparison, name, Comparison.SQUARES_REST, counters)));
        return new Arm(
                name,
                figure(comparison, name, Comparison.PEOPLE, counters),
                figure(comparison, name, Comparison.REACHED, counters),
                figure(comparison, name, Comparison.VALUE, counters),
                squares);
    }

    private static long figure(String comparison, String name, String figure, SortedMap<String, Long> counters) {
        return counters.getOrDefault(Comparison.counter(comparison, name, figure), 0L);
    }

    /** How many of them reached the goal, or null while they are nobody. */
    @Nullable
    Proportion rate() {
        return people == 0 ? null : new Proportion(Math.min(reached, people), people);
    }

    /** What it was worth per person, or null while they are nobody. */
    @Nullable
    MeanPerPerson perPerson() {
        return people == 0 ? null : new MeanPerPerson(people, BigInteger.valueOf(value), squares);
    }
}
