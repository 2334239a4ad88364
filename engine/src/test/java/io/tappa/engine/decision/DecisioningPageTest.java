package io.tappa.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.pack.FactWords;
import io.tappa.engine.pack.PackSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/decisioning.md explains every filter, and each of its examples comes out as it says, to the word. */
class DecisioningPageTest {
    private static final Pattern SECTION = Pattern.compile("\n## Each filter by example\n((?:(?!\n## )[\\s\\S])*)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|[^|]+\\|[^|]+\\| `([a-z-]+)[^|]*\\|$");
    private static final Pattern CODE = Pattern.compile("`([a-z-]+)(?::[a-z]+)?`");
    private static final Pattern PRIORITY = Pattern.compile("priority of (\\S+) is (\\d+)");

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "decisioning.md"));
    }

    private static String section() throws IOException {
        var section = SECTION.matcher(page());
        assertThat(section.find()).isTrue();
        return section.group(1);
    }

    static List<PageExample> examples() throws IOException {
        return PageExample.all(section());
    }

    @Test
    void everyFilterHasItsExampleInTheOrderInWhichTheyAreMet() throws IOException {
        var filters = Stream.of(
                        Stream.of("conditions"),
                        Filter.IN_ORDER.stream().map(Filter::name),
                        Stream.of("outranked", "kept", "held-out", "experiment"))
                .flatMap(names -> names)
                .toList();

        assertThat(examples().stream().map(PageExample::filter)).containsExactlyElementsOf(filters);
        assertThat(PageExample.blocks(section())).isEqualTo(1 + filters.size());
        assertThat(table()).containsExactlyElementsOf(filters);
    }

    private static List<String> table() throws IOException {
        var table = page().substring(0, page().indexOf("\nWhat is left is `chosen`"));
        return ROW.matcher(table)
                .results()
                .map(MatchResult::group)
                .map(row -> row.substring(row.lastIndexOf('|', row.length() - 2)))
                .flatMap(codes -> CODE.matcher(codes).results())
                .map(code -> code.group(1))
                .distinct()
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void itsExampleComesOutAsItSays(PageExample example) throws IOException {
        var pack = PageExample.pack(example.files(section()));
        var visit = visit(pack, example);

        var verdict = visit.verdict(example.offer());

        var facts = visit.inputs().facts();
        assertThat(verdict.code()).isEqualTo(example.code());
        assertThat(Sentences.of(pack.settings()).because(verdict, facts)).isEqualTo(example.sentence());
        assertThat(verdict.changes().stream().map(change -> inWords(pack, change)))
                .containsExactlyElementsOf(example.wouldDo());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void whatWouldDoDoes(PageExample example) throws IOException {
        var files = example.files(section());
        var priorities = example.wouldDo().stream()
                .flatMap(clause -> PRIORITY.matcher(clause).results())
                .toList();
        for (var priority : priorities) {
            var rule = "{ id: %s, ".formatted(priority.group(1));
            files.replaceAll((name, text) -> text.replace(rule, rule + "priority: %s, ".formatted(priority.group(2))));
        }
        var visit = visit(PageExample.pack(files), example);
        example.wouldDo().stream()
                .filter(clause -> !PRIORITY.matcher(clause).matches())
                .forEach(visit::clause);

        assertThat(visit.verdict(example.offer()).code().equals(example.code()))
                .isEqualTo(example.wouldDo().isEmpty());
    }

    private static PageVisit visit(PackSnapshot pack, PageExample example) {
        var visit = new PageVisit(pack, example.lines());
        example.asked().forEach(visit::clause);
        return visit;
    }

    /** A change as the page writes it. */
    private static String inWords(PackSnapshot pack, Change change) {
        if (change instanceof Change.OfNumber number) {
            var value = FactWords.english(pack.settings()).inWords(number.fact(), number.to());
            return "%s is %s".formatted(number.fact().label(), value);
        }
        if (change instanceof Change.OfKnowledge knowledge) {
            return "%s is %s".formatted(knowledge.fact().label(), knowledge.known() ? "known" : "unknown");
        }
        if (change instanceof Change.OfConsent consent) {
            return "consent to %s is granted".formatted(consent.name());
        }
        if (change instanceof Change.Later later) {
            return "on " + Sentences.of(pack.settings()).from(later.untilMillis());
        }
        return change instanceof Change.OfPriority priority
                ? "priority of %s is %d".formatted(priority.rule(), priority.to())
                : change.toString();
    }
}
