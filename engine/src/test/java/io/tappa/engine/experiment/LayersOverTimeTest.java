package io.tappa.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A part of a layer is free again once the experiment that had it is over, and only then. */
class LayersOverTimeTest {
    private static final int SEEDS = 200;
    private static final Period FIRST = new Period(0, 100);
    private static final Period SECOND = new Period(100, 200);
    private static final Period BOTH = new Period(50, 150);

    @Test
    void anExperimentTakesThePartOfOneThatIsOver() {
        var placed = Layers.place(List.of(
                plan("a", 600_000, FIRST),
                plan("b", 400_000, SECOND),
                plan("c", 400_000, BOTH),
                plan("d", 200_000, SECOND)));

        assertThat(placed)
                .extracting(Experiment::slice)
                .containsExactly(
                        new Slice("home", 0, 600_000),
                        new Slice("home", 0, 400_000),
                        new Slice("home", 600_000, 1_000_000),
                        new Slice("home", 400_000, 600_000));
    }

    @Test
    void aCrowdAreThoseOfOneMoment() {
        var plans = List.of(plan("a", 600_000, FIRST), plan("b", 500_000, SECOND), plan("c", 400_001, BOTH));

        assertThat(Layers.crowd(plans)).extracting(Layers.Plan::key).containsExactly("a", "c");
        assertThat(Layers.crowd(plans.subList(0, 2))).isEmpty();
        assertThatThrownBy(() -> Layers.place(plans)).hasMessageContaining("come to 1000001 parts per million");
    }

    @Test
    void aShareIsNeededInOnePiece() {
        var before = List.of(plan("a", 300_000, FIRST), plan("b", 400_000, Period.ALWAYS));
        var last = plan("c", 600_000, SECOND);

        assertThat(Layers.leaveRoom(before, last)).isFalse();
        assertThat(Layers.leaveRoom(List.of(before.get(1), before.get(0)), last))
                .isTrue();
        assertThatThrownBy(() -> Layers.place(List.of(before.get(0), before.get(1), last)))
                .hasMessageContaining("no 600000 parts per million in one piece for the experiment c");
    }

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nobodyIsInTwoAtOneTime(int seed) {
        var random = new Random(seed);
        var plans = new ArrayList<Layers.Plan>();
        for (int i = 0; i < 12; i++) {
            int from = random.nextInt(6);
            var period = new Period(from, from + 1 + random.nextInt(3));
            var plan = plan("e" + i, 50_000 * (1 + random.nextInt(10)), period);
            var all = new ArrayList<>(plans);
            all.add(plan);
            if (Layers.crowd(all).isEmpty() && Layers.leaveRoom(plans, plan)) {
                plans.add(plan);
            }
        }

        var placed = Layers.place(plans);

        assertThat(placed).hasSameSizeAs(plans).hasSizeGreaterThan(3);
        for (var one : placed) {
            for (var other : placed) {
                boolean together = one.period().overlaps(other.period());
                assertThat(one.equals(other) || !together || areApart(one.slice(), other.slice()))
                        .as("%s and %s", one, other)
                        .isTrue();
            }
        }
    }

    private static boolean areApart(Slice one, Slice other) {
        return one.until() <= other.from() || other.until() <= one.from();
    }

    private static Layers.Plan plan(String key, int partsPerMillion, Period period) {
        return new Layers.Plan(key, "home", partsPerMillion, Sample.HALVES, period);
    }
}
