package io.tappa.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Needed samples are those of the manuals, and large enough. */
class NeededSampleTest {
    /** JMP 13 documentation, Two Sample Proportions: 0.08 against 0.06 with alpha 0.05 and power 0.8 needs 2554. */
    @Test
    void isThatOfTheManual() {
        assertThat(new NeededSample(0.08, -0.25).perVariation()).isEqualTo(2_554);
    }

    /**
     * Kohavi, Longbotham, Sommerfield and Henne, Controlled experiments on the web, Data Mining and Knowledge Discovery 18,
     * 2009, on sample size: a change of 5 % of a rate of 5 % needs about 16 · 0.05 · 0.95 / 0.0025² = 121,600.
     */
    @Test
    void isNearTheRuleOfThumb() {
        assertThat(new NeededSample(0.05, 0.05).perVariation()).isCloseTo(121_600, withPercentage(1));
    }

    /** The test of two proportions with the pooled variance finds four of five true changes. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void showsAChangeInFourOfFiveExperiments(int seed) {
        var random = new Random(seed);
        int people = (int) new NeededSample(0.2, 0.5).perVariation();
        int seen = 0;

        for (int round = 0; round < 2_000; round++) {
            double without = conversions(random, people, 0.2);
            double with = conversions(random, people, 0.3);
            double mean = (without + with) / 2 / people;
            double error = Math.sqrt(2 * mean * (1 - mean) / people);
            seen += Math.abs(with - without) / people > Quantiles.NORMAL_975 * error ? 1 : 0;
        }

        assertThat(seen).isBetween(1_530, 1_670);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.1", "1, -0.1", "0.05, 0", "0.5, 1.1", "0.5, -1.1", "5, 0.1", "NaN, 0.1", "0.1, NaN"})
    void refusesWhatIsNoChangeOfARate(double baseRate, double relativeChange) {
        assertThatThrownBy(() -> new NeededSample(baseRate, relativeChange))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write 0.05 for 5 %.");
    }

    private static int conversions(Random random, int people, double rate) {
        int conversions = 0;
        for (int person = 0; person < people; person++) {
            conversions += random.nextDouble() < rate ? 1 : 0;
        }
        return conversions;
    }
}
