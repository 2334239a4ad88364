package io.tappa.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variations are given by weight, and independently of the layer. */
class ExperimentTest {
    private static final int UNITS = 1_000_000;
    private static final Slice EVERYBODY = new Slice("home", 0, Bucket.COUNT);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void givesVariationsByWeight(int seed) {
        var experiment = new Experiment("hero " + seed, EVERYBODY, Sample.UNEVEN, Period.ALWAYS);
        var people = new TreeMap<String, Long>();

        for (int unit = 0; unit < UNITS; unit++) {
            people.merge(String.valueOf(experiment.variation("visitor " + unit)), 1L, Long::sum);
        }

        assertThat(new SampleRatio(Sample.UNEVEN, people).mismatch()).isFalse();
    }

    /** The same hash for both would give everybody in the first half of the layer the first variation. */
    @Test
    void givesVariationsByWeightInASmallPartOfALayerOfItsName() {
        var experiment = new Experiment("hero", new Slice("hero", 0, 100_000), Sample.HALVES, Period.ALWAYS);
        var people = new TreeMap<String, Long>();
        long outside = 0;

        for (int unit = 0; unit < UNITS; unit++) {
            var variation = experiment.variation("visitor " + unit);
            if (variation == null) {
                outside++;
            } else {
                people.merge(variation, 1L, Long::sum);
            }
        }

        assertThat(new SampleRatio(Sample.HALVES, people).mismatch()).isFalse();
        assertThat(outside).isBetween(898_500L, 901_500L);
    }

    @Test
    void givesVariationsIndependentlyOfOtherExperimentsWithTheSamePeople() {
        var hero = new Experiment("hero", EVERYBODY, Sample.HALVES, Period.ALWAYS);
        var price = new Experiment("price", EVERYBODY, Sample.HALVES, Period.ALWAYS);
        var table = new long[2][2];

        for (int unit = 0; unit < UNITS; unit++) {
            var unitKey = "visitor " + unit;
            table["A".equals(hero.variation(unitKey)) ? 0 : 1]["A".equals(price.variation(unitKey)) ? 0 : 1]++;
        }

        assertThat(Tally.independence(table)).isBetween(0.001, 1.0);
    }

    @Test
    void givesTheSameVariationForEver() {
        var experiment = new Experiment("hero", EVERYBODY, Sample.HALVES, Period.ALWAYS);

        assertThat(experiment.variation("visitor 1")).isEqualTo("B");
        assertThat(Bucket.of("variation", "hero", "visitor 1")).isEqualTo(727_710);
    }

    @Test
    void runsFromItsFirstMomentUntilBeforeItsEnd() {
        var experiment = new Experiment("hero", EVERYBODY, Sample.HALVES, new Period(1_000, 2_000));

        assertThat(experiment.runs(Instant.ofEpochMilli(999))).isFalse();
        assertThat(experiment.runs(Instant.ofEpochMilli(1_000))).isTrue();
        assertThat(experiment.runs(Instant.ofEpochMilli(1_999))).isTrue();
        assertThat(experiment.runs(Instant.ofEpochMilli(2_000))).isFalse();
    }

    @Test
    void refusesAPeriodThatEndsBeforeItBegins() {
        assertThatThrownBy(() -> new Period(2_000, 1_000)).hasMessageContaining("must be before");
    }
}
