package io.tappa.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.transition.Reception;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarksTest {
    @ParameterizedTest(name = "{0} rules")
    @ValueSource(ints = {10, 100, 1_000})
    void eightToElevenRulesMatchATypicalVisitor(int rules) {
        var benchmark = new EvaluationBenchmark();

        benchmark.prepare(rules, EvaluationBenchmark.Means.DROOLS);

        assertThat(benchmark.averageMatches()).isBetween(8.0, 11.0);
    }

    @ParameterizedTest
    @EnumSource(EvaluationBenchmark.Means.class)
    void everyMeansFindsTheSameRules(EvaluationBenchmark.Means means) {
        var benchmark = new EvaluationBenchmark();

        benchmark.prepare(10, means);

        assertThat(benchmark.evaluate()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "10"})
    void aDecisionFillsThePage(String pack) {
        var benchmark = new DecisionBenchmark();

        benchmark.prepare(pack);

        assertThat(benchmark.whole().placements()).isNotEmpty();
        assertThat(benchmark.decide().placements()).isNotEmpty();
    }

    @Test
    void bothEventsOfATransitionCount() {
        var benchmark = new TransitionBenchmark();

        benchmark.prepare();

        assertThat(benchmark.inOrder().receptions()).containsExactly(Reception.COUNTED);
        assertThat(benchmark.inTheMiddle().receptions()).containsExactly(Reception.COUNTED);
    }

    @Test
    void aGeneratedPackHasNoErrors() {
        var benchmark = new BuildBenchmark();

        benchmark.prepare(10);

        assertThat(benchmark.cold().decisions().rules()).hasSize(10);
    }
}
