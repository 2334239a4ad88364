package io.tappa.engine.experiment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of variations among some of all units.
 *
 * @param key names it for ever; another key gives people other variations
 * @param slice who takes part
 * @param split how they are divided
 * @param period when it runs
 */
public record Experiment(String key, Slice slice, Split split, Period period) {
    public Experiment {
        Bucket.checkKey("key of an experiment", key);
    }

    /** Whether it runs at {@code now}; who gets what does not depend on that. */
    public boolean runs(Instant now) {
        return period.contains(now);
    }

    /** The key of the variation that {@code unitKey} gets, or null for whoever takes no part. */
    public @Nullable String variation(String unitKey) {
        return slice.holds(unitKey) ? split.at(Bucket.of("variation", key, unitKey)) : null;
    }
}
