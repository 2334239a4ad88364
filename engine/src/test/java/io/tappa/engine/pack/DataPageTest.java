package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.rule.PlainRuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/data.md, put together, are a pack without a mistake. */
class DataPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\\n# ([a-z-]+\\.yaml)\\n(.*?)```", Pattern.DOTALL);
    private static final Map<String, String> JOURNEYS = Map.of("journeys/shop.yaml", """
            journey: shop
            start: awareness
            stages: { awareness: { within: 7 days }, purchase: {} }
            """, "journeys/club.yaml", """
            journey: club
            start: outside
            stages: { outside: {}, member: { within: 30 days } }
            """);

    private static SortedMap<String, String> examples() throws IOException {
        var files = new TreeMap<>(JOURNEYS);
        var examples = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "data.md")));
        while (examples.find()) {
            var file = examples.group(1);
            var content = examples.group(2);
            files.merge(file, content, (before, more) -> before + more.replaceFirst("^facts:\\n", ""));
        }
        return files;
    }

    @Test
    void itsExamplesAreAPack() throws IOException {
        var result = PackReader.read(new PackFiles(examples()), PlainRuleSet::new);

        assertThat(result.problems().stream().map(Problem::inWords)).isEmpty();
        assertThat(examples())
                .containsKeys("facts.yaml", "pack.yaml", "touchpoints.yaml", "personas.yaml", "segments.yaml");
    }

    @Test
    void itShowsEverySource() throws IOException {
        var facts = examples().get("facts.yaml");

        assertThat(facts)
                .contains("trait: ", "upTo: ", "count: ", "sum: ", "last: ", "first: ", "distinct: ", "mostFrequent: ");
        for (var source : FromReader.sources()) {
            assertThat(facts).contains("from: " + source);
        }
        assertThat(Objects.requireNonNull(PackReader.read(new PackFiles(examples()), PlainRuleSet::new)
                                .snapshot())
                        .facts()
                        .facts())
                .extracting(Fact::id)
                .contains("favourite", "tillNps", "ropoMilano");
    }
}
