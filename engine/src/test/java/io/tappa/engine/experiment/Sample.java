package io.tappa.engine.experiment;

import java.util.List;

/** Splits that several tests use. */
final class Sample {
    static final Split HALVES = new Split(List.of(new Variation("A", 500_000), new Variation("B", 500_000)));

    static final Split UNEVEN =
            new Split(List.of(new Variation("A", 900_000), new Variation("B", 90_000), new Variation("C", 10_000)));

    private Sample() {}
}
