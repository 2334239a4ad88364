package io.tappa.engine.arbitration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.arbitration.Arbitration.Mode;
import io.tappa.engine.arbitration.Arbitration.Ranked;
import io.tappa.engine.arbitration.Propensities.Counts;
import io.tappa.engine.condition.Box;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.OfferTerms;
import io.tappa.engine.problem.Place;
import io.tappa.engine.rule.Outcome;
import io.tappa.engine.rule.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArbitrationTest {
    private static Candidate candidate(String name, int priority, int weight, long cents) {
        var offer = new Offer(name, cents, Long.MIN_VALUE, Long.MAX_VALUE, null, OfferTerms.USUAL, new TreeMap<>());
        var rule = new Rule(
                "rule-" + name,
                name,
                priority,
                weight,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                List.of(new Box(List.of())),
                new Outcome.Show(name, new TreeSet<>()),
                Place.file("here"));
        return new Candidate(rule, offer);
    }

    @ParameterizedTest(name = "{0} of {1}, all {2} of {3}: {4}")
    @CsvSource({
        // (0 + 50 × 0.02) / 50, nothing known
        "0, 0, 0, 0, 20000",
        // the place alone: (30 + 50 × 0.02) / (1000 + 50) = 31 / 1050
        "0, 0, 30, 1000, 29523",
        // own 10 of 100, place 40 of 1100: place 41 / 1150 = 35652; own (10 + 50 × 0.035652) / 150 = 11.7826 / 150
        "10, 100, 30, 1000, 78550",
        // more yeses than displays count as many as displays
        // place (1 + 1) / 51 = 39215; own (1 + 50 × 0.039215) / 51
        "9, 1, 0, 0, 58053",
    })
    void propensityIsShrunkTowardsThatOfThePlace(long yeses, long displays, long others, long ofOthers, long expected) {
        var propensities = new Propensities(new TreeMap<>(Map.of(
                Propensities.key("own", "home.hero", "one"), new Counts(displays, yeses),
                Propensities.key("other", "home.hero", "one"), new Counts(ofOthers, others),
                Propensities.key("own", "home.hero", "two"), new Counts(1_000, 1_000))));

        assertThat(propensities.millionths("own", "home.hero", "one")).isEqualTo(expected);
    }

    @Test
    void eachFactorCanBeSwitchedOff() {
        var likely = candidate("likely", 50, 100, 100);
        var dear = candidate("dear", 50, 100, 500);
        var heavy = candidate("heavy", 50, 900, 100);
        var all = List.of(likely, dear, heavy);

        assertThat(best(new Arbitration(Mode.PRIORITY, true, false, false), all))
                .isEqualTo("likely");
        assertThat(best(new Arbitration(Mode.PRIORITY, false, true, false), all))
                .isEqualTo("dear");
        assertThat(best(new Arbitration(Mode.PRIORITY, false, false, true), all))
                .isEqualTo("heavy");
        assertThat(best(new Arbitration(Mode.PRIORITY, false, false, false), all))
                .isEqualTo("dear");
    }

    private static String best(Arbitration arbitration, List<Candidate> candidates) {
        return arbitration
                .ranked(candidates, one -> one.offer().key().equals("likely") ? 90_000 : 20_000)
                .get(0)
                .candidate()
                .offer()
                .key();
    }

    @Test
    void priorityIsStrictUnlessScoreIsAskedFor() {
        var important = candidate("important", 60, 100, 100);
        var dear = candidate("dear", 50, 100, 100_000);

        assertThat(best(Arbitration.USUAL, List.of(important, dear))).isEqualTo("important");
        assertThat(best(new Arbitration(Mode.SCORE, true, true, true), List.of(important, dear)))
                .isEqualTo("dear");
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theOrderIsTotalAndTheStatedChangesAreTheLeast(int seed) {
        var random = new Random(seed);
        var mode = random.nextBoolean() ? Mode.PRIORITY : Mode.SCORE;
        var arbitration = new Arbitration(mode, random.nextBoolean(), random.nextInt(4) > 0, random.nextBoolean());
        var candidates = new ArrayList<Candidate>();
        for (int i = 0; i < 8; i++) {
            candidates.add(
                    candidate("o" + i, 48 + random.nextInt(4), 50 * (1 + random.nextInt(3)), random.nextInt(4) * 100L));
        }
        var ranked = rank(arbitration, candidates);
        Collections.shuffle(candidates, random);
        assertThat(rank(arbitration, candidates)).isEqualTo(ranked);

        var by = ranked.get(0);
        for (var own : ranked.subList(1, ranked.size())) {
            var rule = own.candidate().rule();
            boolean equal = rule.priority() == by.candidate().rule().priority();
            long value = equal || mode == Mode.SCORE ? arbitration.neededValue(own, by) : 0;
            if (value > 0) {
                assertThat(wins(arbitration, own, by, rule.priority(), value)).isTrue();
                assertThat(wins(arbitration, own, by, rule.priority(), value - 1))
                        .isFalse();
            }
            int priority = arbitration.neededPriority(own, by);
            long cents = own.candidate().offer().valueCents();
            if (priority <= 100) {
                assertThat(wins(arbitration, own, by, priority, cents)).isTrue();
                assertThat(wins(arbitration, own, by, priority - 1, cents)).isFalse();
            }
        }
    }

    private static List<Ranked> rank(Arbitration arbitration, List<Candidate> candidates) {
        return arbitration.ranked(candidates, ArbitrationTest::likely);
    }

    private static long likely(Candidate candidate) {
        return 10_000L * (1 + candidate.offer().key().charAt(1) % 3);
    }

    private static boolean wins(Arbitration arbitration, Ranked own, Ranked by, int priority, long cents) {
        var other = own.candidate();
        var changed = candidate(other.offer().key(), priority, other.rule().weight(), cents);
        return rank(arbitration, List.of(by.candidate(), changed))
                .get(0)
                .candidate()
                .equals(changed);
    }
}
