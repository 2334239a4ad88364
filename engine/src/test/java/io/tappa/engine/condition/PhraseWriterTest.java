package io.tappa.engine.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.Source;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read again as the same set of values. */
class PhraseWriterTest {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final Place PLACE = Place.at("decisions/cart.yaml", 1, 1);
    private static final int PHRASES = 300;
    private static final Source ANYTHING = new Source.Context("anything");
    private static final Fact VIEWS = Fact.of(0, "views", "product views", FactType.WHOLE, 1, ANYTHING);
    private static final Fact RATE = Fact.of(1, "rate", "rate", FactType.NUMBER, Fact.MILLIONTHS, ANYTHING);
    private static final Fact BASKET = Fact.of(2, "basket", "basket value", FactType.MONEY, 100, ANYTHING);
    private static final Fact IDLE = new Fact(
            3,
            "idle",
            "idle time",
            FactType.NUMBER,
            3_600_000,
            "hours",
            ANYTHING,
            -Long.MAX_VALUE,
            Long.MAX_VALUE,
            List.of());
    private static final Fact COUNTRY = Fact.of(4, "country", "home country", FactType.WORD, 1, ANYTHING);
    private static final Fact JOINED = Fact.of(5, "joined", "joined", FactType.DATE, 1, ANYTHING);

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "views   | 50..<80             | 50 to 79",
                "views   | >50                 | at least 51",
                "views   | not 50              | at most 49 or at least 51",
                "views   | 3 or 4 or 4..6      | 3 to 6",
                "rate    | more than 0.5       | more than 0.5",
                "rate    | >=0.25 <0.5         | at least 0.25 and less than 0.5",
                "basket  | less than 80        | at most 79.99",
                "basket  | at least 50 and less than 80 | 50 to 79.99",
                "idle    | more than 2         | more than 2",
                "idle    | at most 2 days      | at most 48",
                "idle    | 20 minutes to 1 day | 20 minutes to 24",
                "country | not FR or IT        | not FR or IT",
                "country | known               | known",
                "joined  | before 2026-03-29   | before 2026-03-29",
                "joined  | after 2026-03-29    | after 2026-03-29",
                "joined  | 2026-03-29          | 2026-03-29",
                "joined  | in the last 14 days | in the last 2 weeks",
            })
    void writesAsAuthorsDo(String fact, String phrase, String written) {
        var asked = fact(fact);

        assertThat(write(asked, read(asked, phrase))).isEqualTo(written);
        assertThat(read(asked, written)).isEqualTo(read(asked, phrase));
    }

    static IntStream seeds() {
        return IntStream.range(0, PHRASES);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isReadAgainAsTheSameSet(int seed) {
        var random = new Random(seed);
        for (var fact : List.of(VIEWS, RATE, BASKET, IDLE)) {
            var values = read(fact, phrase(random, fact));

            assertThat(read(fact, write(fact, values))).isEqualTo(values);
        }
    }

    /** Two comparisons, joined so that some value always fits. */
    private static String phrase(Random random, Fact fact) {
        int low = random.nextInt(50);
        int high = low + 2 + random.nextInt(50);
        var decimals =
                fact.equals(VIEWS) ? "" : fact.equals(BASKET) ? "." + random.nextInt(10) : ".0" + random.nextInt(1_000);
        return switch (random.nextInt(5)) {
            case 0 -> "more than %d%s and less than %d".formatted(low, decimals, high + 1);
            case 1 -> "less than %d%s or more than %d%s".formatted(low, decimals, high, decimals);
            case 2 -> "%d%s to %d".formatted(low, decimals, high + 1);
            case 3 -> "not %d%s or %d%s".formatted(low, decimals, high, decimals);
            default -> "%d%s or at least %d".formatted(low, decimals, high + 1);
        };
    }

    private static Fact fact(String id) {
        return List.of(VIEWS, RATE, BASKET, IDLE, COUNTRY, JOINED).stream()
                .filter(fact -> fact.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static ValueSet read(Fact fact, String phrase) {
        var problems = new Problems();
        var values = new PhraseReader(ROME, problems).read(fact, phrase, PLACE);
        assertThat(problems.all()).as(phrase).isEmpty();
        return Objects.requireNonNull(values, phrase);
    }

    private static String write(Fact fact, ValueSet values) {
        return new PhraseWriter(ROME).phrase(fact, values);
    }
}
