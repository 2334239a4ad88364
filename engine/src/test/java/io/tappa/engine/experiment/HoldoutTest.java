package io.tappa.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A holdout holds its share, keeps whom it held, and says nothing about experiments. */
class HoldoutTest {
    private static final int UNITS = 1_000_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void holdsItsShare(int seed) {
        var holdout = new Holdout("year " + seed, 50_000);

        assertThat(units().filter(holdout::holds).count()).isBetween(49_250L, 50_750L);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void keepsWhomItHeldWhenItGrows(int seed) {
        var small = new Holdout("year " + seed, 10_000);
        var large = new Holdout("year " + seed, 20_000);

        assertThat(units().filter(small::holds).filter(Predicate.not(large::holds)))
                .isEmpty();
    }

    @Test
    void saysNothingAboutWhoTakesPartInWhat() {
        var holdout = new Holdout("hero", 200_000);
        var experiment = new Experiment("hero", new Slice("hero", 0, 500_000), Sample.HALVES, Period.ALWAYS);
        var columns = List.of("null", "A", "B");
        var table = new long[2][columns.size()];

        units().forEach(unit ->
                table[holdout.holds(unit) ? 0 : 1][columns.indexOf(String.valueOf(experiment.variation(unit)))]++);

        assertThat(Tally.independence(table)).isBetween(0.001, 1.0);
    }

    @Test
    void holdsNobodyOrEverybody() {
        assertThat(units().limit(1_000)).noneMatch(new Holdout("2026", 0)::holds);
        assertThat(units().limit(1_000)).allMatch(new Holdout("2026", 1_000_000)::holds);
    }

    @Test
    void refusesAShareOfMoreThanAll() {
        assertThatThrownBy(() -> new Holdout("2026", 1_000_001)).hasMessageContaining("Maybe it is meant in percent");
    }

    private static Stream<String> units() {
        return IntStream.range(0, UNITS).mapToObj(unit -> "visitor " + unit);
    }
}
