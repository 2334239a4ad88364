package io.tappa.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Probabilities are those of the tables, and a lost part of people is noticed. */
class SampleRatioTest {
    /** NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4, upper critical values of the chi-square distribution. */
    @ParameterizedTest
    @CsvSource({
        "3.841, 1, 0.05",
        "6.635, 1, 0.01",
        "10.828, 1, 0.001",
        "5.991, 2, 0.05",
        "13.816, 2, 0.001",
        "7.815, 3, 0.05",
        "18.307, 10, 0.05",
        "29.588, 10, 0.001",
        "43.773, 30, 0.05",
        "124.342, 100, 0.05",
        "149.449, 100, 0.001"
    })
    void probabilitiesAreThoseOfTheTable(double statistic, int degreesOfFreedom, double probability) {
        assertThat(ChiSquare.probabilityAbove(statistic, degreesOfFreedom)).isCloseTo(probability, withPercentage(0.1));
    }

    /** The same table, lower critical values. */
    @ParameterizedTest
    @CsvSource({"0.352, 3, 0.95", "3.940, 10, 0.95", "2.558, 10, 0.99", "77.929, 100, 0.95", "61.918, 100, 0.999"})
    void probabilitiesOfSmallStatisticsAreThoseOfTheTable(double statistic, int degreesOfFreedom, double probability) {
        assertThat(ChiSquare.probabilityAbove(statistic, degreesOfFreedom)).isCloseTo(probability, within(0.0001));
    }

    /** By hand: with two degrees of freedom the probability is exp(−statistic / 2). */
    @ParameterizedTest
    @CsvSource({"0.1", "1", "3.9", "4.1", "20", "200", "1000"})
    void probabilitiesWithTwoDegreesOfFreedomAreExact(double statistic) {
        assertThat(ChiSquare.probabilityAbove(statistic, 2)).isCloseTo(Math.exp(-statistic / 2), withPercentage(1e-9));
    }

    /** Kohavi, Tang and Xu, Trustworthy Online Controlled Experiments, 2020, chapter 3: p = 1.8E-6. */
    @Test
    void noticesThatOneInAHundredAndFiftyIsLost() {
        var ratio = new SampleRatio(Sample.HALVES, new TreeMap<>(Map.of("A", 821_588L, "B", 815_482L)));

        assertThat(ratio.probability()).isCloseTo(1.8e-6, withPercentage(3));
        assertThat(ratio.mismatch()).isTrue();
    }

    /** Wikipedia, Sample ratio mismatch: 600 and 400 of 1000, p = 2.54 × 10⁻¹⁰; by hand χ² = 2 · 100² / 500. */
    @Test
    void noticesSixHundredToFourHundred() {
        var ratio = new SampleRatio(Sample.HALVES, new TreeMap<>(Map.of("A", 600L, "B", 400L)));

        assertThat(ratio.statistic()).isEqualTo(40);
        assertThat(ratio.probability()).isCloseTo(2.54e-10, withPercentage(0.1));
    }

    /** Mendel's peas, 9 : 3 : 3 : 1, as in many textbooks; by hand χ² = 0.016 + 0.135 + 0.101 + 0.218 = 0.470. */
    @Test
    void findsNothingInPeasThatFitTheirWeights() {
        var split = new Split(List.of(
                new Variation("round yellow", 562_500),
                new Variation("round green", 187_500),
                new Variation("wrinkled yellow", 187_500),
                new Variation("wrinkled green", 62_500)));
        var peas = Map.of("round yellow", 315L, "round green", 108L, "wrinkled yellow", 101L, "wrinkled green", 32L);

        var ratio = new SampleRatio(split, new TreeMap<>(peas));

        assertThat(ratio.statistic()).isCloseTo(0.470, within(0.0005));
        assertThat(ratio.probability()).isCloseTo(0.925, within(0.0005));
        assertThat(ratio.mismatch()).isFalse();
    }

    @Test
    void noticesAVariationThatNobodyWasSeenWith() {
        assertThat(new SampleRatio(Sample.HALVES, new TreeMap<>(Map.of("A", 100L))).mismatch())
                .isTrue();
    }

    @Test
    void findsNothingAsLongAsThereIsNobody() {
        assertThat(new SampleRatio(Sample.HALVES, new TreeMap<>()).probability())
                .isEqualTo(1);
    }

    @Test
    void refusesAVariationThatThereIsNot() {
        assertThatThrownBy(() -> new SampleRatio(Sample.HALVES, new TreeMap<>(Map.of("C", 1L))))
                .hasMessageStartingWith("There is no variation C in the split.");
    }
}
