package io.tappa.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets are even, independent between layers, and the same for ever. */
class BucketTest {
    private static final int UNITS = 1_000_000;
    private static final double CHANCE = 0.001;

    /** Worked out with Python: the first 8 bytes of hashlib.sha256, times 1,000,000, shifted right by 64 bits. */
    @ParameterizedTest
    @CsvSource({
        "hero, visitor 1, 224249",
        "hero, visitor 2, 998000",
        "hero, lucía, 94997",
        "home, visitor 1, 359598",
        "home, visitor 2, 106004",
        "home, lucía, 485040"
    })
    void areTheSameForEver(String layer, String unitKey, int bucket) {
        assertThat(Bucket.of(layer, unitKey)).isEqualTo(bucket);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void areEven(int seed) {
        var hundredths = new long[100];

        for (int unit = 0; unit < UNITS; unit++) {
            hundredths[Bucket.of("layer " + seed, "visitor " + unit) / (Bucket.COUNT / 100)]++;
        }

        assertThat(Tally.evenness(hundredths)).isBetween(CHANCE, 1.0);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void ofTwoLayersAreIndependent(int seed) {
        var table = new long[10][10];

        for (int unit = 0; unit < UNITS; unit++) {
            int first = Bucket.of("layer " + seed, "visitor " + unit);
            int second = Bucket.of("layer " + (seed + 1), "visitor " + unit);
            table[first / (Bucket.COUNT / 10)][second / (Bucket.COUNT / 10)]++;
        }

        assertThat(Tally.independence(table)).isBetween(CHANCE, 1.0);
    }

    @Test
    void forOtherPurposesAreIndependentOfALayerOfThatName() {
        var variations = new long[10][10];
        var holdouts = new long[10][10];

        for (int unit = 0; unit < UNITS; unit++) {
            var unitKey = "visitor " + unit;
            int row = Bucket.of("hero", unitKey) / (Bucket.COUNT / 10);
            variations[row][Bucket.of("variation", "hero", unitKey) / (Bucket.COUNT / 10)]++;
            holdouts[row][Bucket.of("holdout", "hero", unitKey) / (Bucket.COUNT / 10)]++;
        }

        assertThat(Tally.independence(variations)).isBetween(CHANCE, 1.0);
        assertThat(Tally.independence(holdouts)).isBetween(CHANCE, 1.0);
    }

    /** About ten of ten million in each; nobody would notice a missing bucket among hundredths. */
    @Test
    void areEvenDownToOnePartPerMillion() {
        var counts = new long[Bucket.COUNT];
        var holdout = new Holdout("2026", 1);
        int held = 0;

        for (int unit = 0; unit < 10 * Bucket.COUNT; unit++) {
            counts[Bucket.of("hero", "visitor " + unit)]++;
            held += holdout.holds("visitor " + unit) ? 1 : 0;
        }

        assertThat(Tally.evenness(counts)).isBetween(CHANCE, 1 - CHANCE);
        assertThat(held).isBetween(2, 24);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "hero\0", "he\nro"})
    void haveNoKeysThatCouldBeConfused(String key) {
        assertThatThrownBy(() -> new Slice(key, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("control characters");
    }
}
