package io.tappa.engine.experiment;

/**
 * One of the things that an experiment compares.
 *
 * @param key what rules and reports call it
 * @param partsPerMillion its part of those who take part, 1 to 1,000,000
 */
public record Variation(String key, int partsPerMillion) {
    public Variation {
        Bucket.checkKey("key of a variation", key);
        if (partsPerMillion < 1 || partsPerMillion > Bucket.COUNT) {
            throw new IllegalArgumentException("""
                    partsPerMillion (%d) of the variation %s must be 1 to %d.
                    Maybe leave out a variation that nobody should get.""".formatted(partsPerMillion, key, Bucket.COUNT));
        }
    }
}
