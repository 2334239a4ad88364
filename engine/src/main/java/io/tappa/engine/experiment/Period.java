package io.tappa.engine.experiment;

import java.time.Instant;

/**
 * When an experiment runs.
 *
 * @param fromMillis its first moment, in milliseconds since 1970
 * @param untilMillis the moment when it no longer runs, in milliseconds since 1970
 */
public record Period(long fromMillis, long untilMillis) {
    /** Without beginning or end. */
    public static final Period ALWAYS = new Period(Long.MIN_VALUE, Long.MAX_VALUE);

    public Period {
        if (fromMillis >= untilMillis) {
            throw new IllegalArgumentException("""
                    fromMillis (%d) must be before untilMillis (%d).
                    Maybe the two were swapped.""".formatted(fromMillis, untilMillis));
        }
    }

    /** Whether {@code now} is within. */
    public boolean contains(Instant now) {
        long millis = now.toEpochMilli();
        return fromMillis <= millis && millis < untilMillis;
    }

    /** Whether some moment is within both. */
    public boolean overlaps(Period other) {
        return fromMillis < other.untilMillis && other.fromMillis < untilMillis;
    }
}
