package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes as their files say them, offers that give them, and one message for each mistake. */
class CodeReaderTest {
    private static final String CODED =
            "  coded: { codes: codes/first.csv, content: { site: { en: { title: \"Yours: {code}\" } } } }\n";

    private static PackResult read(Map<String, String> more) {
        var files = new TreeMap<>(ProgrammeFiles.GOOD);
        more.forEach((file, text) ->
                files.merge(file, text, (good, added) -> added.startsWith("  ") ? good + added : added));
        return ProgrammeFiles.read(files);
    }

    private static List<String> problems(Map<String, String> more) {
        return read(more).problems().stream()
                .map(problem -> problem.severity() + " " + problem.code() + " " + problem.inWords())
                .toList();
    }

    @Test
    void aPoolIsTheLinesOfItsFile() {
        var result = read(Map.of("codes/first.csv", "code\nA-1\n\nB.2\r\n C_3 \n", "offers.yaml", CODED));

        assertThat(result.problems()).isEmpty();
        var pack = Objects.requireNonNull(result.snapshot());
        assertThat(pack.programme().codes().byName()).isEqualTo(Map.of("first", List.of("A-1", "B.2", "C_3")));
        assertThat(Objects.requireNonNull(pack.offers().find("coded")).terms().codes())
                .isEqualTo("first");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "codes/first.csv|'A\nB\nA'|ERROR duplicate-code|line 3|The code \"A\" stands in line 1, too.",
                "codes/first.csv|'A\nB C'|ERROR wrong-code|line 2|\"B C\" is no code.",
                "codes/first.csv|'A\n=B'|ERROR wrong-code|line 2|\"=B\" is no code.",
                "codes/first.csv|'code\n'|ERROR missing|codes/first.csv|The file holds no code.",
                "codes/My Codes.csv|A|ERROR wrong-name|codes/My Codes.csv|no name for a file of codes",
                "codes/first.yaml|'a: b'|ERROR unknown-file|codes/first.yaml|Codes are written one in each line.",
                "campaigns/first.csv|A|ERROR unknown-file|campaigns/first.csv|Only decisions and codes can be written as a table.",
            })
    void saysWhatIsWrongWithAFile(String file, String text, String code, String place, String what) {
        assertThat(problems(Map.of(file, text)))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith(code).contains(place, what));
    }

    @Test
    void manyMistakesAreNotAllToldAndTooManyCodesAreTooMany() {
        var wrong = IntStream.range(0, 500).mapToObj(i -> "? " + i).collect(Collectors.joining("\n"));
        assertThat(problems(Map.of("codes/first.csv", "A\n" + wrong))).hasSize(20);
        var many = IntStream.range(0, 100_001).mapToObj(i -> "C" + i).collect(Collectors.joining("\n"));
        assertThat(problems(Map.of("codes/first.csv", many)))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith("ERROR too-many-codes"));
    }

    @Test
    void anOfferNamesAFileThatIsThereAndShowsItsCode() {
        assertThat(problems(Map.of("codes/firsts.csv", "A", "offers.yaml", CODED)))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("ERROR unknown-codes")
                        .contains("Did you mean \"codes/firsts.csv\"?"));
        assertThat(problems(Map.of("codes/first.csv", "A", "offers.yaml", CODED.replace("Yours: {code}", "Yours"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("WARNING code-not-shown")
                        .contains("Write {code} where the code is to stand."));
        assertThat(problems(Map.of("offers.yaml", "  other: { content: { site: { en: { title: \"{code}\" } } } }\n")))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith("ERROR unknown-fact"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "coded|ERROR scarce-fallback|The fallback \"coded\" of home.foot gives codes.",
                "bf-20|ERROR scarce-fallback|belongs to the campaign spring, which has a budget.",
            })
    void aFallbackCannotBeScarce(String offer, String code, String what) {
        var touchpoints = Objects.requireNonNull(ProgrammeFiles.GOOD.get("touchpoints.yaml"));
        var problems = problems(Map.of(
                "codes/first.csv",
                "A",
                "offers.yaml",
                CODED,
                "touchpoints.yaml",
                touchpoints.replace("foot: {}", "foot: { fallback: %s }".formatted(offer))));

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith(code).contains(what));
    }

    @Test
    void aBudgetInMoneyNeedsTheCostOfItsOffers() {
        var offers = Objects.requireNonNull(ProgrammeFiles.GOOD.get("offers.yaml"));

        assertThat(problems(Map.of("offers.yaml", offers.replace("cost: 0.50, ", ""))))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("ERROR missing-cost")
                        .contains("The campaign spring has a budget in money, but the offer \"bf-20\" has no cost."));
        assertThat(read(Map.of()).problems().stream().map(Problem::inWords)).isEmpty();
    }
}
