package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.arbitration.Arbitration;
import io.tappa.engine.arbitration.Arbitration.Mode;
import io.tappa.engine.arbitration.Candidate;
import io.tappa.engine.arbitration.Propensities;
import io.tappa.engine.arbitration.Propensities.Counts;
import io.tappa.engine.condition.Box;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.pack.RuleContest.Found;
import io.tappa.engine.pack.RuleContest.Kind;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.visitor.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the checker says of decision rules is what trying every visitor shows. */
class DecisionCheckLawsTest {
    private static final List<String> SIZES = List.of("unknown", "-1", "0", "1", "2", "3", "4", "5", "6");
    private static final List<String> TASTES = List.of("unknown", "red", "blue", "green");
    private static final List<Long> MOMENTS = List.of(
            millis("2026-02-01T09:00:00Z"),
            millis("2026-03-02T09:00:00Z"),
            millis("2026-03-20T20:00:00Z"),
            millis("2026-04-10T09:00:00Z"),
            millis("2026-06-01T09:00:00Z"));
    private static final List<Propensities> RATES = List.of(
            Propensities.NONE, rates(100, 90, 0, 5, 0), rates(100, 0, 90, 0, 9), rates(100_000_000, 0, 0, 0, 1));

    private static long millis(String moment) {
        return Instant.parse(moment).toEpochMilli();
    }

    /** Yeses to the four offers, of so many displays each. */
    private static Propensities rates(long displays, long... yeses) {
        var counts = new TreeMap<String, Counts>();
        for (int i = 0; i < yeses.length; i++) {
            for (var placement : List.of("home.hero", "home.side")) {
                counts.put(Propensities.key("o" + (i + 1), placement, ""), new Counts(displays, yeses[i]));
            }
        }
        return new Propensities(counts);
    }

    private static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    private static DecisionLab lab(long seed) {
        return new DecisionLab(new RandomRules(seed, seed % 3 == 0).files());
    }

    /** Everybody of the facts that rules ask, at one moment. */
    private static List<FactValues> visitors(DecisionLab lab, long atMillis) {
        var visitors = new ArrayList<FactValues>();
        for (var size : SIZES) {
            for (var taste : TASTES) {
                var values = new TreeMap<String, String>();
                values.put("size", size);
                values.put("taste", taste);
                visitors.add(lab.visitor(values, atMillis));
            }
        }
        return visitors;
    }

    private static String named(String rule, String placement) {
        return rule + " at " + placement;
    }

    /** The rules that are chosen for anybody, each with the placement, be placements asked alone or together, once or again. */
    private static Set<String> chosen(DecisionLab lab) {
        var chosen = new TreeSet<String>();
        var lots = List.of(Lots.NONE, new Lots(new TreeMap<>(), new TreeSet<>(Set.of(Lots.EVERYTHING))));
        for (long atMillis : MOMENTS) {
            for (var facts : visitors(lab, atMillis)) {
                for (var asked : orders(lab.placements())) {
                    for (var rates : RATES) {
                        for (var drawn : lots) {
                            choose(lab, asked, facts, atMillis, drawn, rates, chosen);
                        }
                    }
                }
            }
        }
        return chosen;
    }

    private static List<List<Placement>> orders(List<Placement> placements) {
        var reversed = new ArrayList<>(placements);
        Collections.reverse(reversed);
        return List.of(placements, reversed, placements.subList(0, 1));
    }

    private static void choose(
            DecisionLab lab,
            List<Placement> asked,
            FactValues facts,
            long atMillis,
            Lots drawn,
            Propensities rates,
            Set<String> chosen) {
        var memory = Memory.NONE;
        for (int again = 0; again < 2; again++) {
            var inputs = lab.inputs(asked, facts, atMillis, drawn, rates).after(memory);
            var decision = Decider.decide(lab.pack(), inputs);
            for (int i = 0; i < asked.size(); i++) {
                var placement = asked.get(i).fullName();
                decision.placements().get(i).choices().forEach(choice -> {
                    if (choice.rule() != null) {
                        chosen.add(named(choice.rule(), placement));
                    }
                });
            }
            memory = decision.memory();
        }
    }

    private static Set<String> neverWins(DecisionLab lab) {
        return lab.found().stream()
                .filter(found -> found.kind() == Kind.NEVER_WINS)
                .map(found -> named(found.own().candidate().rule().id(), found.placement()))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatNeverWinsIsNeverChosen(long seed) {
        var lab = lab(seed);
        var never = neverWins(lab);

        var chosen = never.isEmpty() ? Set.<String>of() : chosen(lab);

        assertThat(chosen).noneMatch(never::contains);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whoeverIsNamedReallySeesTheOther(long seed) {
        var lab = lab(seed);

        for (var found : lab.found()) {
            var decided = lab.decided(found);
            var own = found.own().candidate().rule().id();
            var by = found.by().candidate().rule().id();

            assertThat(DecisionLab.verdict(decided, own)).as("%s", found).isEqualTo("outranked");
            assertThat(DecisionLab.verdict(decided, by)).as("%s", found).isIn("outranked", "chosen");
            assertThat(found.kind() != Kind.TIE || isTie(lab, found))
                    .as("%s", found)
                    .isTrue();
        }
    }

    /** Whether only the names of two offers decide, by the real order. */
    private static boolean isTie(DecisionLab lab, Found found) {
        var arbitration = lab.pack().settings().arbitration();
        var ranked = arbitration.ranked(
                List.of(found.own().candidate(), found.by().candidate()), candidate -> Propensities.MILLION);
        boolean isPriority = arbitration.mode() == Mode.SCORE
                || found.own().candidate().rule().priority()
                        == found.by().candidate().rule().priority();
        return isPriority
                && !arbitration.propensity()
                && ranked.get(0).score().equals(ranked.get(1).score())
                && ranked.get(0).candidate().equals(found.by().candidate())
                && !found.own()
                        .candidate()
                        .offer()
                        .equals(found.by().candidate().offer());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatOneBetterRuleCoversIsSaid(long seed) {
        var lab = new DecisionLab(new RandomRules(seed, true).files());
        var visitors = visitors(lab, MOMENTS.get(1));
        var rules = lab.pack().decisions().rules();

        var covered = new TreeSet<String>();
        for (var own : rules) {
            for (var by : rules) {
                if (isEverOpen(own)
                        && isBetter(lab, by, own)
                        && by.fromMillis() <= own.fromMillis()
                        && own.untilMillis() <= by.untilMillis()
                        && own.alternatives().stream().allMatch(box -> isCovered(box, by, visitors))) {
                    covered.add(named(own.id(), "home.hero"));
                }
            }
        }

        assertThat(neverWins(lab)).containsAll(covered);
    }

    private static boolean isEverOpen(Rule rule) {
        return rule.fromMillis() < rule.untilMillis();
    }

    private static boolean isBetter(DecisionLab lab, Rule by, Rule own) {
        var arbitration = lab.pack().settings().arbitration();
        if (by.equals(own) || (arbitration.propensity() && arbitration.mode() == Mode.SCORE)) {
            return false;
        }
        if (arbitration.mode() == Mode.PRIORITY && by.priority() != own.priority()) {
            return by.priority() > own.priority();
        }
        return !arbitration.propensity() && isFirst(lab, arbitration, by, own);
    }

    private static boolean isFirst(DecisionLab lab, Arbitration arbitration, Rule by, Rule own) {
        return arbitration
                .ranked(List.of(candidate(lab, by), candidate(lab, own)), candidate -> Propensities.MILLION)
                .get(0)
                .candidate()
                .rule()
                .equals(by);
    }

    private static Candidate candidate(DecisionLab lab, Rule rule) {
        var offer = lab.pack().offers().find(((Show) rule.outcome()).offer());
        return new Candidate(rule, Objects.requireNonNull(offer));
    }

    /** Whether the box holds for somebody, and one alternative of the other rule for all of those. */
    private static boolean isCovered(Box box, Rule by, List<FactValues> visitors) {
        var within = visitors.stream().filter(box::holds).toList();
        return !within.isEmpty()
                && by.alternatives().stream().anyMatch(other -> within.stream().allMatch(other::holds));
    }

    @Test
    void findingsAreCommon() {
        var kinds = seeds().mapToObj(DecisionCheckLawsTest::lab)
                .flatMap(lab -> lab.found().stream())
                .collect(Collectors.groupingBy(Found::kind, Collectors.counting()));

        assertThat(kinds.get(Kind.NEVER_WINS)).isGreaterThan(100);
        assertThat(kinds.get(Kind.TIE)).isGreaterThan(60);
    }
}
