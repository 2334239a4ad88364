package io.tappa.engine.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.Source;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every phrase of the grammar, at its borders: for which values it holds and for which it does not. */
class PhraseReaderTest {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
    private static final Place PLACE = Place.at("decisions/cart.yaml", 14, 12);
    private static final FactCatalog FACTS = new FactCatalog(facts(), ROME);

    private static List<Fact> facts() {
        var facts = new ArrayList<Fact>();
        var source = new Source.Context("anything");
        facts.add(Fact.of(0, "views", "product views", FactType.WHOLE, 1, source));
        facts.add(Fact.of(1, "rate", "rate", FactType.NUMBER, Fact.MILLIONTHS, source));
        facts.add(Fact.of(2, "basket", "basket value", FactType.MONEY, 100, source));
        facts.add(new Fact(
                3,
                "idle",
                "idle time",
                FactType.NUMBER,
                3_600_000,
                "hours",
                source,
                -Long.MAX_VALUE,
                Long.MAX_VALUE,
                List.of()));
        facts.add(Fact.of(4, "card", "has a card", FactType.YESNO, 1, source));
        facts.add(Fact.of(5, "country", "home country", FactType.WORD, 1, source));
        facts.add(Fact.of(6, "tier", "tier", FactType.WORD, 1, source).oneOf(List.of("gold", "silver", "bronze")));
        facts.add(Fact.of(7, "note", "note", FactType.TEXT, 1, source));
        facts.add(Fact.of(8, "joined", "joined", FactType.DATE, 1, source));
        facts.add(Fact.of(9, "persona", "persona", FactType.WORDS, 1, new Source.Personas())
                .oneOf(List.of("fan", "owl")));
        facts.add(Fact.of(10, "stage", "stage", FactType.WORD, 1, new Source.StageOf("shop"))
                .oneOf(List.of("awareness", "consideration", "intention")));
        facts.add(new Fact(11, "nps", "last NPS answer", FactType.WHOLE, 1, null, source, 0, 10, List.of()));
        return facts;
    }

    private static Fact fact(String name) {
        return Objects.requireNonNull(FACTS.find(name), name);
    }

    private static boolean holds(String fact, ValueSet phrase, String value) {
        var assumed = new TreeMap<>(Map.of(fact, value));
        return phrase.contains(FACTS.assume(assumed, Circumstances.at(NOW.toEpochMilli())), fact(fact));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // fact | phrase | holds for | does not hold for
                "views   | 50                              | 50             | 49; 51; -50; unknown",
                "views   | 0                               | 0              | 1; -1; unknown",
                "views   | -3                              | -3             | 3; -2; unknown",
                "views   | at least 50                     | 50; 51         | 49; -50; unknown",
                "views   | at most 80                      | 80; 0; -1      | 81; unknown",
                "views   | more than 50                    | 51             | 50; unknown",
                "views   | less than 80                    | 79; -5         | 80; unknown",
                "views   | 50 to 80                        | 50; 65; 80     | 49; 81; unknown",
                "views   | -5 to 5                         | -5; 0; 5       | -6; 6",
                "views   | at least 50 and less than 80    | 50; 79         | 49; 80; unknown",
                "views   | AT LEAST 50 AND LESS THAN 80    | 50; 79         | 49; 80; unknown",
                "views   | more than 1 and less than 9 and not 5 | 2; 4; 6; 8 | 1; 5; 9; unknown",
                "views   | not 50                          | 49; 51         | 50; unknown",
                "views   | not 50 or 60                    | 49; 55; 61     | 50; 60; unknown",
                "views   | not 50 to 60                    | 49; 61         | 50; 55; 60; unknown",
                "views   | 50 or 60                        | 50; 60         | 49; 51; 55; 61; unknown",
                "views   | 3 or at least 7                 | 3; 7; 8        | 2; 4; 6",
                "views   | 3 or 4 or 4 to 6                | 3; 4; 5; 6     | 2; 7",
                "views   | known                           | 0; 7           | unknown",
                "views   | unknown                         | unknown        | 0; 7",
                "views   | UNKNOWN                         | unknown        | 0",
                "views   | >=50                            | 50             | 49; unknown",
                "views   | >= 50                           | 50             | 49",
                "views   | <=50                            | 50             | 51; unknown",
                "views   | >50                             | 51             | 50",
                "views   | <50                             | 49             | 50; unknown",
                "views   | =50                             | 50             | 49; 51",
                "views   | >=50 <80                        | 50; 79         | 49; 80; unknown",
                "views   | 50..80                          | 50; 80         | 49; 81",
                "views   | 50..<80                         | 50; 79         | 49; 80",
                "rate    | at least 0.5                    | 0.5; 0.500001  | 0.499999; unknown",
                "rate    | more than 0.5                   | 0.500001       | 0.5",
                "rate    | 0.000001                        | 0.000001       | 0; 0.000002",
                "basket  | at least 50 and less than 80    | 50; 79.99      | 49.99; 80; unknown",
                "basket  | 50..79.99                       | 50; 79.99      | 49.99; 80",
                "basket  | more than 49.99                 | 50             | 49.99; unknown",
                "basket  | 4.00                            | 4; 4.0         | 4.01; 3.99",
                "idle    | at least 2                      | 2; 2.1         | 1.99; unknown",
                "idle    | at least 2 hours                | 2              | 1.99",
                "idle    | at most 2 days                  | 48             | 48.01; unknown",
                "idle    | 30 minutes to 1 day             | 0.5; 24        | 0.49; 24.1",
                "idle    | less than 1 week                | 167.9          | 168",
                "card    | yes                             | yes; true; 1   | no; unknown",
                "card    | No                              | no; false      | yes; unknown",
                "card    | known                           | yes; no        | unknown; perhaps",
                "country | Italy                           | Italy          | France; italy; unknown",
                "country | Italy or France                 | Italy; France  | Spain; unknown",
                "country | not Italy                       | France; NO     | Italy; unknown",
                "country | not Italy or France             | Spain          | Italy; France; unknown",
                "country | 'IT|FR'                         | IT; FR         | DE; unknown",
                "country | 'not IT|FR'                     | DE             | IT; FR; unknown",
                "country | 'IT | FR'                       | IT; FR         | DE",
                "country | NO                              | NO             | no; unknown",
                "country | Oregon                          | Oregon         | egon; unknown",
                "country | known                           | IT             | unknown",
                "country | unknown                         | unknown        | IT",
                "tier    | Gold                            | gold           | silver; unknown",
                "tier    | not gold                        | silver         | gold; unknown",
                "tier    | not gold or silver              | bronze         | gold; silver; unknown",
                "note    | Saint John's & co.              | Saint John's & co. | Saint John; unknown",
                "note    | Città di Castello               | Città di Castello | Citta di Castello",
                "persona | fan                             | fan            | owl; other",
                "persona | not fan                         | owl            | fan",
                "persona | not fan or owl                  | other          | fan; owl",
                "joined  | before 2026-03-01               | 2026-02-28     | 2026-03-01; unknown",
                "joined  | before 2026-03-01               | 2026-02-28T22:59:59.999Z | 2026-02-28T23:00:00Z",
                "joined  | after 2026-03-01                | 2026-03-02     | 2026-03-01; 2026-03-01T22:59:59.999Z; unknown",
                "joined  | 2026-03-01                      | 2026-02-28T23:00:00Z; 2026-03-01T22:59:59.999Z | 2026-02-28T22:59:59.999Z; 2026-03-01T23:00:00Z",
                "joined  | 2026-03-29                      | 2026-03-28T23:00:00Z; 2026-03-29T21:59:59.999Z | 2026-03-29T22:00:00Z",
                "joined  | 2026-10-25                      | 2026-10-24T22:00:00Z; 2026-10-25T22:59:59.999Z | 2026-10-25T23:00:00Z",
                "joined  | 2026-03-01 to 2026-03-31        | 2026-03-01; 2026-03-31; 2026-03-31T21:59:59.999Z | 2026-02-28; 2026-03-31T22:00:00Z",
                "joined  | after 2026-03-01 and before 2026-03-05 | 2026-03-02; 2026-03-04 | 2026-03-01; 2026-03-05; unknown",
                "joined  | in the last 14 days             | 2026-03-15T12:00:00Z; 2026-03-01T12:00:00.001Z | 2026-03-01T12:00:00Z; 2026-03-15T12:00:00.001Z; unknown",
                "joined  | In the last 24 hours            | 2026-03-14T12:00:00.001Z | 2026-03-14T12:00:00Z",
                "joined  | known                           | 2026-03-15     | unknown",
                "joined  | unknown                         | unknown        | 2026-03-15",
                "stage   | Consideration or intention      | consideration; intention | awareness; unknown",
                "nps     | at least 9                      | 9; 10          | 8; unknown",
            })
    void holdsForTheseValuesAndNotForThose(String fact, String phrase, String holding, String failing) {
        var problems = new Problems();

        var values = new PhraseReader(ROME, problems).read(fact(fact), phrase, PLACE);

        assertThat(problems.all()).isEmpty();
        for (var value : holding.split("; *", -1)) {
            assertThat(holds(fact, values, value))
                    .as("%s for %s", phrase, value)
                    .isTrue();
        }
        for (var value : failing.split("; *", -1)) {
            assertThat(holds(fact, values, value))
                    .as("%s for %s", phrase, value)
                    .isFalse();
        }
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "views   | 50.5                          | too-many-decimals | Write a whole number.",
                "views   | at least 0.1                  | too-many-decimals | Write a whole number.",
                "rate    | 0.0000001                     | too-many-decimals | Write fewer decimals.",
                "basket  | 4.001                         | too-many-decimals | Write fewer decimals.",
                "idle    | 999999999999999               | too-large         | Write a smaller number.",
                "views   | fifty                         | wrong-type        | Write digits",
                "views   | 1,000                         | wrong-type        | Write digits",
                "views   | at least                      | wrong-type        | Write digits",
                "views   | at least 50 and               | wrong-type        | Write digits",
                "views   | 50 to                         | wrong-type        | Write digits",
                "views   | 50 or                         | wrong-type        | Write digits",
                "views   | 2 days                        | wrong-type        | Write digits",
                "views   | not                           | wrong-type        | Write digits",
                "views   | 0x10                          | wrong-type        | Write digits",
                "views   | 1e3                           | wrong-type        | Write digits",
                "views   | eval(1)                       | wrong-type        | Write digits",
                "views   | 80 to 50                      | impossible        | the lower one comes first",
                "views   | at least 80 and less than 50  | impossible        | the lower one comes first",
                "nps     | at least 11                   | impossible        | from 0 to 10",
                "nps     | less than 0                   | impossible        | from 0 to 10",
                "card    | maybe                         | wrong-type        | Write yes, no, known or unknown.",
                "card    | not yes                       | wrong-type        | Write yes, no, known or unknown.",
                "card    | yes or no                     | wrong-type        | Write yes, no, known or unknown.",
                "country | at least 5                    | wrong-phrase      | Write a word",
                "country | before Italy                  | wrong-phrase      | Write a word",
                "country | Italy or                      | wrong-phrase      | Write a word",
                "country | or Italy                      | wrong-phrase      | Write a word",
                "country | Italy or not                  | wrong-phrase      | Write a word",
                "country | not                           | wrong-phrase      | Write a word",
                "country | Italy; drop                   | wrong-phrase      | Write a word",
                "country | \"Italy\"                     | wrong-phrase      | Write a word",
                "country | $(rm)                         | wrong-phrase      | Write a word",
                "tier    | glod                          | unknown-word      | Did you mean \"gold\"? The values are: gold, silver, bronze.",
                "tier    | gold or sliver                | unknown-word      | Did you mean \"silver\"?",
                "tier    | not gold or silver or bronze  | impossible        | not all of them",
                "stage   | considaration                 | unknown-stage     | Did you mean \"consideration\"? The stages are: awareness, consideration, intention.",
                "persona | fann                          | unknown-persona   | Did you mean \"fan\"? The personas are: fan, owl.",
                "joined  | 1.3.2026                      | wrong-type        | Write year-month-day",
                "joined  | 2026-02-30                    | wrong-type        | Write year-month-day",
                "joined  | before 2026-13-01             | wrong-type        | Write year-month-day",
                "joined  | before                        | wrong-type        | Write year-month-day",
                "joined  | before +999999999-12-31       | wrong-type        | Write year-month-day",
                "joined  | after +999999999-12-31        | wrong-type        | Write year-month-day",
                "joined  | before -999999999-01-01       | wrong-type        | Write year-month-day",
                "joined  | in the last week              | wrong-type        | Write year-month-day",
                "joined  | in the last 0 days            | impossible        | ",
                "joined  | 2026-03-05 to 2026-03-01      | impossible        | the lower one comes first",
                "joined  | at least 5                    | wrong-type        | Write year-month-day",
            })
    void refusesWithOneMessageThatSaysHowToMendIt(String fact, String phrase, String code, String cure) {
        var problems = new Problems();

        var values = new PhraseReader(ROME, problems).read(fact(fact), phrase, PLACE);

        assertThat(values).isNull();
        assertThat(problems.all()).hasSize(1);
        var problem = problems.all().get(0);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.place()).isEqualTo(PLACE);
        assertThat(problem.cure()).contains(cure == null ? "" : cure);
        assertThat(problem.inWords())
                .startsWith("decisions/cart.yaml, line 14, column 12 (%s)".formatted(code))
                .hasLineCount(3);
    }

    @Test
    void aLongPhraseIsReadAtOnce() {
        var alternatives = "1 or ".repeat(20_000) + "1";
        var problems = new Problems();

        var values = new PhraseReader(ROME, problems).read(fact("views"), alternatives, PLACE);

        assertThat(holds("views", Objects.requireNonNull(values), "1")).isTrue();
    }
}
