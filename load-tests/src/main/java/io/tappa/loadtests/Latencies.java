package io.tappa.loadtests;

import java.util.Arrays;

/**
 * How long answers took, in milliseconds.
 *
 * @param median half of them took no longer
 * @param late 99 of 100 took no longer
 */
record Latencies(double median, double late) {
    private static final double NANOS = 1e6;

    static Latencies of(long[] nanos) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted[sorted.length / 2] / NANOS, sorted[sorted.length * 99 / 100] / NANOS);
    }

    /** The better of both, each by itself. */
    Latencies orBetter(Latencies other) {
        return new Latencies(Math.min(median, other.median), Math.min(late, other.late));
    }
}
