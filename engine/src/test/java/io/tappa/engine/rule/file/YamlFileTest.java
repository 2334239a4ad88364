package io.tappa.engine.rule.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tappa.engine.problem.Problem;
import io.tappa.engine.problem.Problems;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** YAML as marketers write it is raw text; anything cleverer is refused, quickly and with a place. */
class YamlFileTest {
    private static final Duration QUICKLY = Duration.ofSeconds(10);

    private static Map<String, String> texts(String content) {
        var problems = new Problems();
        var root = YamlFile.read("facts.yaml", content, problems);
        var texts = new TreeMap<String, String>();
        if (root != null) {
            root.entries(problems, "a map").forEach((key, value) -> texts.put(key.text(), value.text()));
        }
        assertThat(problems.all()).isEmpty();
        return texts;
    }

    @Test
    void nothingIsResolved() {
        var texts = texts("""
                on: Product Added
                country: NO
                answer: yes
                off: ~
                octal: 010
                hex: 0x10
                date: 2026-12-01
                time: 21:00
                number: 4.00
                quoted: "no"
                single: 'it''s'
                merge: "<<"
                """);

        assertThat(texts)
                .containsEntry("on", "Product Added")
                .containsEntry("country", "NO")
                .containsEntry("answer", "yes")
                .containsEntry("off", "~")
                .containsEntry("octal", "010")
                .containsEntry("hex", "0x10")
                .containsEntry("date", "2026-12-01")
                .containsEntry("time", "21:00")
                .containsEntry("number", "4.00")
                .containsEntry("quoted", "no")
                .containsEntry("single", "it's")
                .containsEntry("merge", "<<");
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("a java tag", "a: 1\nb: !!javax.script.ScriptEngineManager [ 1 ]", "forbidden-yaml", 2, 4),
                Arguments.of("an own tag", "a: !secret x", "forbidden-yaml", 1, 4),
                Arguments.of("a tagged map", "a: !!map { b: 1 }", "forbidden-yaml", 1, 4),
                Arguments.of("a standard tag", "a: !!str 5", "forbidden-yaml", 1, 4),
                Arguments.of("an anchor", "a: &x 1", "forbidden-yaml", 1, 4),
                Arguments.of("an alias", "a: 1\nb: *x", "forbidden-yaml", 2, 4),
                Arguments.of("an anchored list", "a: &x [ 1 ]\nb: 1", "forbidden-yaml", 1, 4),
                Arguments.of("a merge by alias", "a: 1\nb: { <<: *a }", "forbidden-yaml", 2, 10),
                Arguments.of("many levels", "a: " + "[".repeat(100_000), "forbidden-yaml", 1, 15),
                Arguments.of("many maps", "{a: ".repeat(50_000), "forbidden-yaml", 1, 49),
                Arguments.of("a tab for indentation", "a:\n\tb: 1", "unreadable-yaml", 2, 1),
                Arguments.of("an open quote", "a: \"x\nb: 1\n", "unreadable-yaml", 3, 1),
                Arguments.of("an open bracket", "a: [ 1, 2\nb: 1\n", "unreadable-yaml", 2, 2),
                Arguments.of("wrong indentation", "a:\n  b: 1\n c: 2\n", "unreadable-yaml", 3, 2),
                Arguments.of("two documents", "a: 1\n---\nb: 1\n", "unreadable-yaml", 2, 1),
                Arguments.of("a wrong escape", "a: \"\\UFFFFFFFF\"", "unreadable-yaml", 0, 0),
                Arguments.of("a wrong version", "%YAML 99999999999.1\n---\na: 1", "unreadable-yaml", 1, 18),
                Arguments.of("a control character", "a: \u0007", "unreadable-yaml", 0, 0),
                Arguments.of("nothing", "", "empty-file", 0, 0),
                Arguments.of("only a comment", "# nothing\n", "empty-file", 0, 0),
                Arguments.of("two megabytes", "a: 1\n" + "# comment\n".repeat(200_000), "too-large", 0, 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isRefusedQuicklyWithOneMessage(String what, String content, String code, int line, int column) {
        var problems = new Problems();

        var root = assertTimeoutPreemptively(QUICKLY, () -> YamlFile.read("facts.yaml", content, problems));

        assertThat(root).isNull();
        assertThat(problems.all()).hasSize(1);
        var problem = problems.all().get(0);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.place().source()).isEqualTo("facts.yaml");
        assertThat(problem.place().line()).isEqualTo(line);
        assertThat(problem.place().column()).isEqualTo(column);
        assertThat(problem.cure()).isNotBlank();
        assertThat(problem.inWords()).doesNotContain("yaml.", "Exception", "null");
    }

    @Test
    void aKeyWrittenTwiceIsNotedAtTheSecond() {
        var problems = new Problems();

        var root = YamlFile.read("facts.yaml", "a: 1\nb: 2\na: 3\n", problems);
        var entries = root.entries(problems, "a map");

        assertThat(entries).hasSize(2);
        assertThat(problems.all()).extracting(Problem::code).containsExactly("duplicate-key");
        assertThat(problems.all().get(0).place().line()).isEqualTo(3);
    }

    @Test
    void aHundredThousandKeysAreReadAtOnce() {
        var content = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            content.append("k").append(i).append(": 1\n");
        }
        var problems = new Problems();

        var entries = assertTimeoutPreemptively(
                QUICKLY,
                () -> YamlFile.read("facts.yaml", content.toString(), problems).entries(problems, "a map"));

        assertThat(entries).hasSize(100_000);
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noTextAtAllMakesItThrow(int seed) {
        var random = new Random(seed);
        var pieces = "a: |b|: |- |[|]|{|}|\"|'|#|!|&|*|?|%|@|`|>|\\|\n|\n  |\t|\r|,|x|\u0000|\u2028|\uFEFF|---|...|<<"
                .split("\\|", -1);
        for (int run = 0; run < 300; run++) {
            var content = new StringBuilder();
            for (int i = random.nextInt(30); i >= 0; i--) {
                content.append(pieces[random.nextInt(pieces.length)]);
            }
            var problems = new Problems();

            var root = YamlFile.read("facts.yaml", content.toString(), problems);

            assertThat(root != null || problems.count() == 1)
                    .as("seed %d, run %d", seed, run)
                    .isTrue();
        }
    }
}
