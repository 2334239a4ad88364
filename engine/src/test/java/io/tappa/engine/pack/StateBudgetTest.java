package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.problem.Problem;
import io.tappa.engine.problem.Problem.Severity;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StateBudgetTest {
    private static Iterable<Problem> problems(int facts, String each) {
        var lines = IntStream.range(0, facts)
                .mapToObj(number -> "  f%d: %s".formatted(number, each.formatted(number)))
                .collect(Collectors.joining("\n"));
        return Shopper.problems(Map.of("facts.yaml", "facts:\n" + lines + "\n"));
    }

    @Test
    void twoHundredAttributesArePossibleAndNoMore() {
        assertThat(problems(200, "{ type: word, trait: t%d }")).isEmpty();
        assertThat(problems(201, "{ type: word, trait: t%d }")).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("trait-limit");
            assertThat(problem.severity()).isEqualTo(Severity.ERROR);
            assertThat(problem.what()).contains("201", "200");
        });
    }

    @Test
    void windowsThatMayHoldMoreThanAVisitorShouldAreAWarning() {
        var window = "{ type: whole, count: Seen %d, within: 2 days, atMost: 60 }";

        assertThat(problems(20, window)).isEmpty();
        assertThat(problems(21, window)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("window-limit");
            assertThat(problem.severity()).isEqualTo(Severity.WARNING);
            assertThat(problem.what()).contains("1,260", "1,200");
        });
    }

    @Test
    void factsThatReadTheSameAreGatheredOnce() {
        assertThat(problems(30, "{ label: l%d, type: whole, count: Seen, within: 2 days }"))
                .isEmpty();
    }
}
