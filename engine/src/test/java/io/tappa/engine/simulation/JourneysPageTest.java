package io.tappa.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackResult;
import io.tappa.engine.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples of docs/journeys.md, put together, are a pack without a mistake whose stories come out as told. */
class JourneysPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\\n# ([a-z/-]+\\.yaml)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern MISTAKE =
            Pattern.compile("```yaml\\n# one move too many\\n(.*?)```\\n```\\n(.*?)\\n```", Pattern.DOTALL);
    private static final String SHOP = "journeys/shop.yaml";

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "journeys.md"));
    }

    private static SortedMap<String, String> examples() throws IOException {
        var files = new TreeMap<String, String>();
        var examples = EXAMPLE.matcher(page());
        while (examples.find()) {
            files.put(examples.group(1), "# %s%n%s".formatted(examples.group(1), examples.group(2)));
        }
        return files;
    }

    private static PackResult read(SortedMap<String, String> files) {
        return PackReader.read(new PackFiles(files));
    }

    @Test
    void itsExamplesAreAPack() throws IOException {
        assertThat(examples()).containsKeys(SHOP, "journeys/club.yaml", "scenarios/stories.yaml");
        assertThat(read(examples()).problems().stream().map(Problem::inWords)).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> itsStoriesComeOutAsTold() throws IOException {
        var pack = Objects.requireNonNull(read(examples()).snapshot());
        return ScenarioRun.all(pack).stream()
                .map(run -> DynamicTest.dynamicTest(
                        run.scenario().name(),
                        () -> assertThat(run.differences()).isEmpty()));
    }

    @Test
    void anotherOutcomeIsToldAsThePageSays() throws IOException {
        var files = examples();
        files.computeIfPresent(
                "scenarios/stories.yaml",
                (name, text) -> text.replaceFirst("stage: intention", "stage: consideration"));

        var runs = ScenarioRun.all(Objects.requireNonNull(read(files).snapshot()));

        assertThat(runs.get(0).differences()).hasSize(1);
        assertThat(page()).contains(runs.get(0).differences().get(0).replaceFirst("line [0-9]+, ", ""));
    }

    @Test
    void theMistakeItShowsIsToldAsItSays() throws IOException {
        var mistake = MISTAKE.matcher(page());
        assertThat(mistake.find()).isTrue();
        var files = examples();
        files.computeIfPresent(SHOP, (name, text) -> text.replace("restarts on", mistake.group(1) + "restarts on"));

        var problems = read(files).problems();

        assertThat(problems.stream().map(Problem::inWords)).containsExactly(mistake.group(2));
    }
}
