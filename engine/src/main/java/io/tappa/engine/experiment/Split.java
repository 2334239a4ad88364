package io.tappa.engine.experiment;

import java.util.HashSet;
import java.util.List;

/**
 * How those who take part in an experiment are divided among its variations.
 *
 * @param variations at least one, with different keys, which together have 1,000,000 parts per million; their order
 *     counts, since another order gives other people another variation
 */
public record Split(List<Variation> variations) {
    /** Parts per million in a hundredth of a percent, in which authors write shares. */
    public static final int PER_HUNDREDTH = 100;

    public Split {
        variations = List.copyOf(variations);
        long sum = 0;
        var keys = new HashSet<String>();
        for (var variation : variations) {
            sum += variation.partsPerMillion();
            if (!keys.add(variation.key())) {
                throw new IllegalArgumentException("""
                        variations has %s twice.
                        Maybe add the two weights up.""".formatted(variation.key()));
            }
        }
        if (sum != Bucket.COUNT) {
            throw new IllegalArgumentException("""
                    The weights of variations come to %d parts per million and must come to %d.
                    Maybe give the variation that came first the rest.""".formatted(sum, Bucket.COUNT));
        }
    }

    /** The keys of the variations, in their order. */
    public List<String> keys() {
        return variations.stream().map(Variation::key).toList();
    }

    /** The key of the variation that {@code bucket}, 0 to 999,999, belongs to. */
    public String at(int bucket) {
        int until = 0;
        for (var variation : variations) {
            until += variation.partsPerMillion();
            if (bucket < until) {
                return variation.key();
            }
        }
        throw new IllegalArgumentException("""
                bucket (%d) must be less than %d.
                Maybe it does not come from Bucket.of.""".formatted(bucket, Bucket.COUNT));
    }
}
