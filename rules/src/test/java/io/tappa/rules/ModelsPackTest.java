package io.tappa.rules;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The published models that run side by side. */
class ModelsPackTest {
    private static final Path MODELS = Path.of("models");

    @Test
    void checksWithoutAnyProblem() {
        Packs.checkWithoutAnyProblem(MODELS);
    }

    @TestFactory
    Stream<DynamicTest> meetsItsScenarios() {
        return Packs.scenarios(MODELS);
    }

    @Test
    void everyMoveIsMadeInSomeStory() {
        Packs.allMovesAreMade(MODELS);
    }
}
