package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tappa.engine.pack.PingPong.Found;
import io.tappa.engine.problem.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the checker works out with boxes is what trying every single visitor shows. */
class JourneyCheckLawsTest {
    private static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    private static JourneyLab lab(long seed) {
        return new JourneyLab(new RandomJourney(seed).text());
    }

    private static Set<Set<String>> pairs(List<Found> found) {
        var pairs = new HashSet<Set<String>>();
        found.forEach(pair ->
                pairs.add(Set.of(pair.first().move().id(), pair.second().move().id())));
        return pairs;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsWhatTryingEveryVisitorFinds(long seed) {
        var lab = lab(seed);
        assumeThat(lab.isReadable()).isTrue();
        var everyVisitor = new EveryVisitor(lab.around(), lab.journey());

        var problems = lab.checked();
        var never = problems.stream()
                .filter(problem -> problem.code().equals("never-wins"))
                .map(problem -> problem.place().rule())
                .collect(Collectors.toSet());

        assertThat(problems).extracting(Problem::code).doesNotContain("not-checked");
        assertThat(pairs(lab.pingPongs())).isEqualTo(everyVisitor.pingPongs());
        assertThat(never).isEqualTo(everyVisitor.neverMade());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whoeverIsNamedReallyGoesBackAndForth(long seed) {
        var lab = lab(seed);
        assumeThat(lab.isReadable()).isTrue();

        for (var found : lab.pingPongs()) {
            assertThat(lab.lives(found)).isEqualTo(JourneyLab.backAndForth(found));
        }
    }

    @Test
    void collisionsAreCommon() {
        var labs = seeds().mapToObj(JourneyCheckLawsTest::lab)
                .filter(JourneyLab::isReadable)
                .toList();

        assertThat(labs).hasSizeGreaterThan(350);
        assertThat(labs.stream().filter(lab -> !lab.pingPongs().isEmpty())).hasSizeGreaterThan(60);
        assertThat(labs.stream()
                        .filter(lab -> lab.checked().stream()
                                .anyMatch(problem -> problem.code().equals("never-wins"))))
                .hasSizeGreaterThan(60);
    }
}
