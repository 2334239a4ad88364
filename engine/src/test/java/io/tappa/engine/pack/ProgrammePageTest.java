package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The campaign and the experiment of docs/marketers.md have no mistake. */
class ProgrammePageTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("```yaml\\n# (campaigns/[a-z-]+\\.yaml|experiments\\.yaml)\\n(.*?)```", Pattern.DOTALL);

    private static SortedMap<String, String> examples() throws IOException {
        var files = new TreeMap<String, String>();
        var examples = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "marketers.md")));
        while (examples.find()) {
            files.put(examples.group(1), examples.group(2));
        }
        return files;
    }

    @Test
    void itsExamplesArePartOfAPack() throws IOException {
        var files = new TreeMap<>(ProgrammeFiles.GOOD);
        files.putAll(examples());

        assertThat(examples()).containsOnlyKeys("campaigns/black-friday.yaml", "experiments.yaml");
        assertThat(ProgrammeFiles.read(files).problems().stream().map(Problem::inWords))
                .isEmpty();
    }
}
