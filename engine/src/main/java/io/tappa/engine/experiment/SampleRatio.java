package io.tappa.engine.experiment;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether as many people were seen with each variation as its weight says; if not, something is lost on the way, and no
 * other figure of the experiment can be trusted.
 *
 * <p>χ² = Σ (observed − expected)² / expected, with one degree of freedom less than there are variations. Unit: none.
 *
 * <p>Source: Fabijan and others, Diagnosing Sample Ratio Mismatch in Online Controlled Experiments, KDD 2019; the test is
 * that of Pearson, 1900.
 *
 * @param split the declared weights
 * @param peopleByVariation how many people were seen with each; nobody with those that are missing
 */
public record SampleRatio(Split split, SortedMap<String, Long> peopleByVariation) {
    /** A probability below this one is no chance any more; small, because reports are looked at again and again. */
    public static final double MISMATCH_BELOW = 0.001;

    public SampleRatio {
        peopleByVariation = Collections.unmodifiableSortedMap(new TreeMap<>(peopleByVariation));
        peopleByVariation.forEach((variation, people) -> check(split, variation, people));
    }

    private static void check(Split split, String variation, long people) {
        if (people < 0) {
            throw new IllegalArgumentException("""
                    people (%d) of the variation %s must be at least 0.
                    Maybe a counter was lost.""".formatted(people, variation));
        }
        if (split.variations().stream().noneMatch(known -> known.key().equals(variation))) {
            throw new IllegalArgumentException("""
                    There is no variation %s in the split.
                    Maybe it was removed while people had it: leave them out.""".formatted(variation));
        }
    }

    /** χ², 0 where the counts fit exactly. */
    public double statistic() {
        long all =
                peopleByVariation.values().stream().mapToLong(Long::longValue).sum();
        double sum = 0;
        for (var variation : split.variations()) {
            double expected = (double) all * variation.partsPerMillion() / Bucket.COUNT;
            double over = peopleByVariation.getOrDefault(variation.key(), 0L) - expected;
            sum += all == 0 ? 0 : over * over / expected;
        }
        return sum;
    }

    /** How probable counts are that fit as badly or worse, if the weights hold. */
    public double probability() {
        return ChiSquare.probabilityAbove(statistic(), split.variations().size() - 1);
    }

    /** Whether the counts do not fit the weights. */
    public boolean mismatch() {
        return probability() < MISMATCH_BELOW;
    }
}
