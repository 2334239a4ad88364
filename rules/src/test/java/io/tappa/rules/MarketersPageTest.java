package io.tappa.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.simulation.ScenarioRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The scenarios of docs/marketers.md come out as the page says, in the shop's pack. */
class MarketersPageTest {
    private static final Pattern SCENARIOS = Pattern.compile("```yaml\\n(scenarios:\\n.*?)```", Pattern.DOTALL);

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "marketers.md"));
    }

    private static List<ScenarioRun> runs(UnaryOperator<String> changed) throws IOException {
        var files = new TreeMap<>(Packs.files(Path.of("shop")).contents());
        files.keySet().removeIf(name -> name.startsWith("scenarios/"));
        var scenarios = SCENARIOS.matcher(page());
        for (int page = 0; scenarios.find(); page++) {
            files.put("scenarios/page-%d.yaml".formatted(page), changed.apply(scenarios.group(1)));
        }
        var result = PackReader.read(new PackFiles(files));
        assertThat(result.problems().stream().map(Problem::inWords)).isEmpty();
        return ScenarioRun.all(Objects.requireNonNull(result.snapshot()));
    }

    @Test
    void itsScenariosComeOutAsExpected() throws IOException {
        var runs = runs(page -> page);

        assertThat(runs).hasSize(7);
        assertThat(runs).allSatisfy(run -> assertThat(run.differences()).isEmpty());
    }

    @Test
    void whatComesOutOtherwiseIsToldAsThePageSays() throws IOException {
        var runs = runs(page -> page.replaceFirst("hours in this stage: 48", "hours in this stage: 40"));

        var differences =
                runs.stream().flatMap(run -> run.differences().stream()).toList();
        assertThat(differences).hasSize(1);
        assertThat(page()).contains("```\n%s\n```".formatted(differences.get(0)));
    }
}
