package io.tappa.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.journey.Move;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pack.Scenario.Expectation.Moves;
import io.tappa.engine.pack.Scenario.Story;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.simulation.ScenarioRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What is asked of every pack that ships. */
final class Packs {
    private Packs() {}

    static PackFiles files(Path folder) {
        try {
            return PackFiles.inFolder(folder);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static PackSnapshot pack(Path folder) {
        return Objects.requireNonNull(PackReader.read(files(folder)).snapshot());
    }

    static void checkWithoutAnyProblem(Path folder) {
        var problems = PackReader.read(files(folder)).problems();

        assertThat(problems.stream().map(Problem::inWords)).isEmpty();
    }

    static Stream<DynamicTest> scenarios(Path folder) {
        return ScenarioRun.all(pack(folder)).stream()
                .map(run -> DynamicTest.dynamicTest(
                        run.scenario().name(),
                        () -> assertThat(run.differences())
                                .as(run.scenario().place().inWords())
                                .isEmpty()));
    }

    /** Whether some story expects each of the moves. */
    static void allMovesAreMade(Path folder) {
        var pack = pack(folder);
        var made = new TreeSet<String>();
        pack.scenarios().stream()
                .filter(Story.class::isInstance)
                .flatMap(scenario -> ((Story) scenario).scenes().stream())
                .flatMap(scene -> scene.expected().stream())
                .filter(Moves.class::isInstance)
                .map(Moves.class::cast)
                .forEach(moves -> moves.moves().forEach(move -> made.add(moves.journey() + " " + move)));

        for (var journey : pack.journeys()) {
            assertThat(journey.moves())
                    .extracting(Move::id)
                    .allSatisfy(move -> assertThat(made).contains(journey.key() + " " + move));
        }
    }
}
