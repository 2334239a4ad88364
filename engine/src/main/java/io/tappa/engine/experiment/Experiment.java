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
 * @param treatment what it does to them
 */
public record Experiment(String key, Slice slice, Split split, Period period, Treatment treatment) {
    public Experiment {
        Bucket.checkKey("key of an experiment", key);
        for (var shown : treatment.shows().keySet()) {
            if (!split.keys().contains(shown)) {
                throw new IllegalArgumentException("""
                        shows of the experiment %s has the variation %s, which it does not give.
                        Maybe it is one of %s.""".formatted(key, shown, split.keys()));
            }
        }
    }

    /** An experiment that replaces nothing; only rules ask for the variation. */
    public Experiment(String key, Slice slice, Split split, Period period) {
        this(key, slice, split, period, Treatment.NONE);
    }

    /** Whether it runs at {@code now}; who gets what does not depend on that. */
    public boolean runs(Instant now) {
        return period.contains(now);
    }

    /** The key of the variation that {@code unitKey} gets, or null for whoever takes no part. */
    public @Nullable String variation(String unitKey) {
        return slice.holds(unitKey) ? split.at(Bucket.of("variation", key, unitKey)) : null;
    }

    /** The offer that whoever got {@code variation} sees at {@code placement} in place of the winner, or null. */
    public @Nullable String replacement(String placement, String variation) {
        return treatment.where().contains(placement) ? treatment.shows().get(variation) : null;
    }
}
