package io.tappa.engine.experiment;

/**
 * Those who are deliberately left alone, whatever the experiments say, to measure what all of it brings.
 *
 * @param salt another one holds out other people
 * @param partsPerMillion how many of all, 0 to 1,000,000; a greater share keeps everybody whom a smaller one held
 */
public record Holdout(String salt, int partsPerMillion) {
    public Holdout {
        Bucket.checkKey("salt", salt);
        if (partsPerMillion < 0 || partsPerMillion > Bucket.COUNT) {
            throw new IllegalArgumentException("""
                    partsPerMillion (%d) of the holdout must be 0 to %d.
                    Maybe it is meant in percent: one percent is 10000.""".formatted(partsPerMillion, Bucket.COUNT));
        }
    }

    /** Whether {@code unitKey} is left alone. */
    public boolean holds(String unitKey) {
        return Bucket.of("holdout", salt, unitKey) < partsPerMillion;
    }
}
