package io.tappa.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rates and lifts have the intervals of the papers. */
class LiftTest {
    private static final Offset<Double> FOUR_DIGITS = within(0.00005);

    /** Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, 1998, method 3. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void ratesHaveTheIntervalOfThePaper(long conversions, long people, double low, double high) {
        var estimate = new Proportion(conversions, people).estimate();

        assertThat(estimate.low()).isCloseTo(low, FOUR_DIGITS);
        assertThat(estimate.high()).isCloseTo(high, FOUR_DIGITS);
    }

    /** Newcombe, Interval estimation for the difference, Statistics in Medicine 17, 1998, method 10. */
    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, 0.0524, 0.3339",
        "9, 10, 3, 10, 0.1705, 0.8090",
        "6, 7, 2, 7, 0.0582, 0.8062",
        "5, 56, 0, 29, -0.0381, 0.1926",
        "0, 10, 0, 20, -0.1611, 0.2775",
        "0, 10, 0, 10, -0.2775, 0.2775",
        "10, 10, 0, 20, 0.6791, 1.0000",
        "10, 10, 0, 10, 0.6075, 1.0000"
    })
    void differencesHaveTheIntervalOfThePaper(
            long conversions, long people, long baseConversions, long basePeople, double low, double high) {
        var lift = new Lift(new Proportion(baseConversions, basePeople), new Proportion(conversions, people));

        var difference = lift.difference();

        assertThat(difference.value())
                .isCloseTo((double) conversions / people - (double) baseConversions / basePeople, within(1e-15));
        assertThat(difference.low()).isCloseTo(low, FOUR_DIGITS);
        assertThat(difference.high()).isCloseTo(high, FOUR_DIGITS);
    }

    /** By hand from the formula of Donner and Zou, with the Wilson intervals 0.6918 to 0.8769 and 0.4904 to 0.7004. */
    @Test
    void relativeLiftsHaveTheIntervalOfTheRatio() {
        var relative = Objects.requireNonNull(new Lift(new Proportion(48, 80), new Proportion(56, 70)).relative());

        assertThat(relative.value()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(relative.low()).isCloseTo(0.0783, FOUR_DIGITS);
        assertThat(relative.high()).isCloseTo(0.6629, FOUR_DIGITS);
    }

    /** What defines the ends: the difference from a baseline with all its rates multiplied by them could just be nothing. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void relativeLiftsEndWhereTheDifferenceWouldBeNothing(int seed) {
        var random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            var lift = new Lift(proportion(random, 1), proportion(random, 0));
            var with = lift.variation().estimate();
            var without = lift.baseline().estimate();
            var relative = Objects.requireNonNull(lift.relative());
            double low = relative.low() + 1;
            double high = relative.high() + 1;

            assertThat(with.value() - low * without.value())
                    .isCloseTo(
                            Math.hypot(with.value() - with.low(), low * (without.high() - without.value())),
                            within(1e-9));
            assertThat(high * without.value() - with.value())
                    .isCloseTo(
                            Math.hypot(with.high() - with.value(), high * (without.value() - without.low())),
                            within(1e-9 * high));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void bothIntervalsAgreeOnWhetherThereIsALift(int seed) {
        var random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            var lift = new Lift(proportion(random, 1), proportion(random, 0));
            var difference = lift.difference();
            var relative = Objects.requireNonNull(lift.relative());

            assertThat(relative.low() > 0).isEqualTo(difference.low() > 0);
            assertThat(relative.high() < 0).isEqualTo(difference.high() < 0);
            assertThat(relative.low()).isBetween(-1.0, relative.value());
            assertThat(relative.high()).isFinite().isGreaterThanOrEqualTo(relative.value());
        }
    }

    @Test
    void thereIsNoRelativeLiftOverNothing() {
        assertThat(new Lift(new Proportion(0, 100), new Proportion(3, 100)).relative())
                .isNull();
    }

    @Test
    void losingEverythingIsALiftOfMinusOne() {
        var relative = Objects.requireNonNull(new Lift(new Proportion(3, 100), new Proportion(0, 100)).relative());

        assertThat(relative.value()).isEqualTo(-1);
        assertThat(relative.low()).isEqualTo(-1);
        assertThat(relative.high()).isFinite();
    }

    @Test
    void refusesMoreConversionsThanPeople() {
        assertThatThrownBy(() -> new Proportion(2, 1)).hasMessageContaining("Maybe somebody was counted twice.");
        assertThatThrownBy(() -> new Proportion(0, 0)).hasMessageContaining("at least 1");
    }

    private static Proportion proportion(Random random, int leastConversions) {
        int people = 1 + random.nextInt(random.nextBoolean() ? 10 : 10_000);
        return new Proportion(leastConversions + random.nextInt(people - leastConversions + 1), people);
    }
}
