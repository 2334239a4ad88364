package io.tappa.engine.experiment;

/**
 * A contiguous part of a layer; slices of one layer that do not overlap have nobody in common.
 *
 * @param layer which division of all units this is a part of
 * @param from its first bucket
 * @param until the bucket after its last one, at most 1,000,000
 */
public record Slice(String layer, int from, int until) {
    public Slice {
        Bucket.checkKey("layer", layer);
        if (from < 0 || from >= until || until > Bucket.COUNT) {
            throw new IllegalArgumentException("""
                    from (%d) must be at least 0 and less than until (%d), which must be at most %d, in the layer %s.
                    Maybe place experiments with Layers.place.""".formatted(from, until, Bucket.COUNT, layer));
        }
    }

    /** Whether {@code unitKey} is in this part of the layer. */
    public boolean holds(String unitKey) {
        int bucket = Bucket.of(layer, unitKey);
        return from <= bucket && bucket < until;
    }
}
