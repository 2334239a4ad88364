package io.tappa.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Means have the intervals of the handbook, however large the sums are. */
class MeanPerPersonTest {
    private static final double UNIT = 1e6;

    /** NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2: ZARR13.DAT, 195 values, 9.258242 to 9.264679. */
    @Test
    void aMeanHasTheIntervalOfTheHandbook() {
        var flow = of(195, "9.261460", "0.022789");

        var estimate = Objects.requireNonNull(flow.estimate());

        assertThat(estimate.value() / UNIT).isCloseTo(9.261460, within(1e-6));
        assertThat(estimate.low() / UNIT).isCloseTo(9.258242, within(2e-6));
        assertThat(estimate.high() / UNIT).isCloseTo(9.264679, within(2e-6));
    }

    /**
     * The same handbook, 1.3.5.3: AUTO83B.DAT, 249 American and 79 Japanese cars, T = −12.9463 with 136.8750 degrees of
     * freedom, for which the table says ±1.9774. So the error is (20.14458 − 30.48101) / −12.9463 = 0.79841.
     */
    @Test
    void aDifferenceHasTheIntervalOfTheHandbook() {
        var american = of(249, "20.14458", "6.41470");
        var japanese = of(79, "30.48101", "6.10771");

        var difference = Objects.requireNonNull(american.moreThan(japanese));

        assertThat(difference.value() / UNIT).isCloseTo(-10.33643, within(1e-5));
        assertThat((difference.high() - difference.low()) / 2 / UNIT).isCloseTo(1.9774 * 0.79841, within(1e-4));
    }

    /** Student's t for 95 % in the middle, NIST/SEMATECH e-Handbook, 1.3.6.7.2. */
    @ParameterizedTest
    @CsvSource({"29, 2.045", "30, 2.042", "40, 2.021", "60, 2.000", "100, 1.984"})
    void quantilesAreThoseOfTheTable(double degreesOfFreedom, double quantile) {
        assertThat(Quantiles.studentT975(degreesOfFreedom)).isCloseTo(quantile, within(0.0005));
    }

    /** In double the two squares are equal to their last digit, and the variance would be nothing. */
    @Test
    void aSmallVarianceOfLargeSumsIsExact() {
        var large = BigInteger.valueOf(1_000_000_000_000L);
        var sum = BigInteger.ZERO;
        var sumOfSquares = BigInteger.ZERO;
        for (int person = 0; person < 100; person++) {
            var spent = large.add(BigInteger.valueOf(person % 2));
            sum = sum.add(spent);
            sumOfSquares = sumOfSquares.add(spent.multiply(spent));
        }

        var estimate = Objects.requireNonNull(new MeanPerPerson(100, sum, sumOfSquares).estimate());

        assertThat(estimate.value()).isEqualTo(1e12 + 0.5);
        assertThat(estimate.high() - estimate.value()).isCloseTo(1.98422 * Math.sqrt(0.25 / 99), within(2e-4));
    }

    /** About 95 of 100 intervals contain the true mean, where most spend nothing and some up to a hundred euros. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void nineteenOfTwentyIntervalsContainTheMean(int seed) {
        var random = new Random(seed);
        int contain = 0;

        for (int round = 0; round < 1_000; round++) {
            long sum = 0;
            long sumOfSquares = 0;
            for (int person = 0; person < 2_000; person++) {
                long cents = random.nextInt(10) == 0 ? random.nextInt(10_001) : 0;
                sum += cents;
                sumOfSquares += cents * cents;
            }
            var mean = new MeanPerPerson(2_000, BigInteger.valueOf(sum), BigInteger.valueOf(sumOfSquares));
            var estimate = Objects.requireNonNull(mean.estimate());
            contain += estimate.low() <= 500 && 500 <= estimate.high() ? 1 : 0;
        }

        assertThat(contain).isBetween(925, 973);
    }

    @Test
    void whoAllSpendTheSameLeaveNoDoubt() {
        var same = new MeanPerPerson(30, BigInteger.valueOf(300), BigInteger.valueOf(3_000));

        assertThat(same.estimate()).isEqualTo(new Estimate(10, 10, 10));
        assertThat(same.moreThan(same)).isEqualTo(new Estimate(0, 0, 0));
    }

    @Test
    void thereIsNoIntervalWithFewPeople() {
        var few = new MeanPerPerson(29, BigInteger.valueOf(290), BigInteger.valueOf(2_900));
        var enough = new MeanPerPerson(30, BigInteger.valueOf(300), BigInteger.valueOf(3_000));

        assertThat(few.mean()).isEqualTo(10);
        assertThat(few.estimate()).isNull();
        assertThat(few.moreThan(enough)).isNull();
        assertThat(enough.moreThan(few)).isNull();
    }

    @Test
    void refusesSumsThatNobodyCanHaveSpent() {
        assertThatThrownBy(() -> new MeanPerPerson(2, BigInteger.valueOf(20), BigInteger.valueOf(199)))
                .hasMessageStartingWith("sumOfSquares (199) is less than 2 people with the sum 20 can have.");
        assertThatThrownBy(() -> new MeanPerPerson(0, BigInteger.ZERO, BigInteger.ZERO))
                .hasMessageContaining("at least 1");
    }

    /** From a published mean and standard deviation, in millionths. */
    private static MeanPerPerson of(long people, String mean, String deviation) {
        var count = BigDecimal.valueOf(people);
        var sum = new BigDecimal(mean).movePointRight(6).multiply(count);
        var squared = new BigDecimal(deviation).movePointRight(6).pow(2);
        var sumOfSquares = sum.pow(2)
                .divide(count, 0, RoundingMode.HALF_UP)
                .add(squared.multiply(BigDecimal.valueOf(people - 1)))
                .setScale(0, RoundingMode.HALF_UP);
        return new MeanPerPerson(people, sum.toBigIntegerExact(), sumOfSquares.toBigIntegerExact());
    }
}
