package io.tappa.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is in two experiments of one layer, and nobody moves when another experiment comes. */
class LayersTest {
    private static final int UNITS = 100_000;

    @Test
    void placesExperimentsOfALayerOneBehindTheOther() {
        var placed = Layers.place(List.of(
                plan("hero", "home", 250_000), plan("price", "cart", 1_000_000), plan("menu", "home", 750_000)));

        assertThat(placed)
                .extracting(Experiment::slice)
                .containsExactly(
                        new Slice("home", 0, 250_000),
                        new Slice("cart", 0, 1_000_000),
                        new Slice("home", 250_000, 1_000_000));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void nobodyIsInTwoExperimentsOfALayer(int seed) {
        var layer = "layer " + seed;
        var some = Layers.place(List.of(plan("a", layer, 100_000), plan("b", layer, 1), plan("c", layer, 499_999)));
        var all =
                Layers.place(List.of(plan("a", layer, 333_333), plan("b", layer, 333_333), plan("c", layer, 333_334)));

        var countsOfSome = units().mapToLong(unit -> taken(some, unit)).toArray();
        var countsOfAll = units().mapToLong(unit -> taken(all, unit));

        assertThat(countsOfSome).containsOnly(0, 1);
        assertThat(IntStream.range(0, UNITS)
                        .mapToLong(unit -> countsOfSome[unit])
                        .sum())
                .isBetween(59_400L, 60_600L);
        assertThat(countsOfAll).containsOnly(1L);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void nobodyMovesWhenExperimentsAreAdded(int seed) {
        var hero = plan("hero " + seed, "home", 300_000);
        var alone = Layers.place(List.of(hero)).get(0);
        var together = Layers.place(List.of(
                        plan("price", "cart", 1_000_000), hero, plan("menu", "home", 700_000), plan("last", "end", 1)))
                .get(1);

        assertThat(units())
                .allSatisfy(unit -> assertThat(together.variation("visitor " + unit))
                        .isEqualTo(alone.variation("visitor " + unit)));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void whoeverTakesPartStillDoesWhenTheLastShareGrows(int seed) {
        var small = Layers.place(List.of(plan("hero " + seed, "home", 100_000))).get(0);
        var large = Layers.place(List.of(plan("hero " + seed, "home", 400_000))).get(0);

        assertThat(units().mapToObj(unit -> "visitor " + unit).filter(unit -> small.variation(unit) != null))
                .isNotEmpty()
                .allSatisfy(unit -> assertThat(large.variation(unit)).isEqualTo(small.variation(unit)));
    }

    @Test
    void refusesSharesOfMoreThanTheWholeLayer() {
        var plans =
                List.of(plan("hero", "home", 600_000), plan("price", "cart", 900_000), plan("menu", "home", 400_001));

        assertThatThrownBy(() -> Layers.place(plans))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("""
                        The shares of the layer home come to 1000001 parts per million, more than 1000000: hero 600000, menu 400001.
                        Maybe move an experiment to another layer.""");
    }

    @Test
    void refusesSharesThatNoLayerCanHaveTogether() {
        var plans = IntStream.range(0, 3_000)
                .mapToObj(number -> plan("hero " + number, "home", 1_000_000))
                .toList();

        assertThatThrownBy(() -> Layers.place(plans)).hasMessageContaining("come to 3000000000 parts");
    }

    @Test
    void refusesAnExperimentTwice() {
        assertThatThrownBy(() -> Layers.place(List.of(plan("hero", "home", 1), plan("hero", "cart", 1))))
                .hasMessageContaining("the experiment hero twice");
    }

    private static IntStream units() {
        return IntStream.range(0, UNITS);
    }

    private static long taken(List<Experiment> experiments, int unit) {
        return experiments.stream()
                .map(experiment -> experiment.variation("visitor " + unit))
                .filter(Objects::nonNull)
                .count();
    }

    private static Layers.Plan plan(String key, String layer, int partsPerMillion) {
        return new Layers.Plan(key, layer, partsPerMillion, Sample.HALVES, Period.ALWAYS);
    }
}
