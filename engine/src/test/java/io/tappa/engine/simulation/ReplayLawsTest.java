package io.tappa.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.decision.Choice;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.simulation.ReplayReport.Example;
import io.tappa.engine.simulation.ReplayReport.Idle;
import io.tappa.engine.simulation.ReplayReport.Kind;
import io.tappa.engine.simulation.ReplayReport.Slice;
import io.tappa.engine.simulation.ReplayReport.Swap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every replay, whatever was recorded. */
class ReplayLawsTest {
    private static final int SEEDS = 100;
    private static final int VISITS = 80;
    private static final PackSnapshot PACK = new ReplayLab().pack();

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    private static List<Inputs> visits(int seed) {
        return ReplayLab.visits(new Random(seed), PACK, VISITS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSamePackChangesNothing(int seed) {
        var report = ReplayLab.replay(PACK, new ReplayLab().pack(), visits(seed));

        assertThat(report.changesNothing()).isTrue();
        assertThat(report.decisions()).isEqualTo(VISITS);
        assertThat(report.changedPlacements()).isZero();
        assertThat(report.kinds()).isEmpty();
        assertThat(report.swaps().displays()).isZero();
        assertThat(report.unjudged()).isEmpty();
        assertThat(report.examples()).isEmpty();
        assertThat(report.offers().values())
                .allSatisfy(displays -> assertThat(displays.now()).isEqualTo(displays.before()));
    }

    /** What two decisions side by side say, the visitor's facts being the same. */
    private record Naive(
            long decisions, long placements, SortedMap<String, Long> byPlacement, SortedMap<String, Long> ways) {
        static Naive of(PackSnapshot draft, List<Inputs> visits) {
            long decisions = 0;
            var byPlacement = new TreeMap<String, Long>();
            var ways = new TreeMap<String, Long>();
            for (var visit : visits) {
                var was = Decider.decide(PACK, visit).placements();
                var now = Decider.decide(draft, under(draft, visit)).placements();
                boolean changed = false;
                for (int i = 0; i < was.size(); i++) {
                    if (!texts(was.get(i)).equals(texts(now.get(i)))) {
                        changed = true;
                        byPlacement.merge(visit.request().placements().get(i).fullName(), 1L, Long::sum);
                    }
                    boolean single = visit.request().placements().get(i).count() == 1;
                    if (single && !Objects.equals(was.get(i).offer(), now.get(i).offer())) {
                        ways.merge(was.get(i).offer() + ">" + now.get(i).offer(), 1L, Long::sum);
                    }
                }
                decisions += changed ? 1 : 0;
            }
            long placements =
                    byPlacement.values().stream().mapToLong(Long::longValue).sum();
            return new Naive(decisions, placements, byPlacement, ways);
        }

        private static List<String> texts(PlacementDecision decided) {
            return decided.choices().stream()
                    .map(choice -> choice.offer() + choice.content())
                    .toList();
        }

        private static Inputs under(PackSnapshot draft, Inputs visit) {
            var asked = visit.request();
            var touchpoint = Objects.requireNonNull(
                    draft.touchpoints().find(asked.touchpoint().key()));
            var placements = asked.placements().stream()
                    .map(placement -> Objects.requireNonNull(touchpoint.placement(placement.key())))
                    .toList();
            return new Inputs(
                    new DecisionRequest(touchpoint, placements, asked.context(), asked.atMillis()),
                    visit.facts(),
                    visit.memory(),
                    visit.consents(),
                    visit.lots(),
                    visit.around());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aDraftChangesExactlyWhatTwoDecisionsSideBySideSay(int seed) {
        var draft = ReplayLab.changed(new Random(seed));
        var visits = visits(seed);

        var report = ReplayLab.replay(PACK, draft, visits);

        var naive = Naive.of(draft, visits);
        assertThat(report.changedDecisions()).isEqualTo(naive.decisions());
        assertThat(report.changedPlacements()).isEqualTo(naive.placements());
        var byPlacement = new TreeMap<String, Long>();
        report.byPlacement().forEach((name, slice) -> {
            if (slice.changed() > 0) {
                byPlacement.put(name, slice.changed());
            }
        });
        assertThat(byPlacement).isEqualTo(naive.byPlacement());
        var ways = new TreeMap<String, Long>();
        report.byPlacement().forEach((name, slice) -> {
            if (!name.equals("home.list")) {
                slice.swaps()
                        .largest()
                        .forEach(swap ->
                                ways.merge(said(swap.from()) + ">" + said(swap.to()), swap.displays(), Long::sum));
            }
        });
        assertThat(ways).isEqualTo(naive.ways());
    }

    private static String said(String offer) {
        return offer.isEmpty() ? "null" : offer;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sumsAddUp(int seed) {
        var report = ReplayLab.replay(PACK, ReplayLab.changed(new Random(seed)), visits(seed));

        assertThat(report.kinds().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(report.changedPlacements());
        for (var slices : List.of(report.byPlacement(), report.byStage())) {
            assertThat(slices.values().stream().mapToLong(Slice::placements).sum())
                    .isEqualTo(report.placements());
            assertThat(slices.values().stream().mapToLong(Slice::changed).sum()).isEqualTo(report.changedPlacements());
            assertThat(slices.values().stream()
                            .mapToLong(slice -> slice.swaps().displays())
                            .sum())
                    .isEqualTo(report.swaps().displays());
        }
        assertThat(report.byPersona().values().stream()
                        .mapToLong(Slice::placements)
                        .sum())
                .isGreaterThanOrEqualTo(report.placements());
        assertThat(report.swaps().others()).isZero();
        report.offers()
                .forEach((offer, displays) -> assertThat(displays.before()
                                - sum(report, swap -> swap.from().equals(offer))
                                + sum(report, swap -> swap.to().equals(offer)))
                        .as(offer)
                        .isEqualTo(displays.now()));
        assertThat(report.changedDecisions()).isLessThanOrEqualTo(report.changedPlacements());
    }

    private static long sum(ReplayReport report, Predicate<Swap> which) {
        return report.swaps().largest().stream()
                .filter(which)
                .mapToLong(Swap::displays)
                .sum();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theOrderOfAddingDoesNotMatter(int seed) {
        var random = new Random(seed);
        var draft = ReplayLab.changed(random);
        var visits = visits(seed);
        var shuffled = new ArrayList<>(visits);
        Collections.shuffle(shuffled, random);

        assertThat(ReplayLab.replay(PACK, draft, shuffled)).isEqualTo(ReplayLab.replay(PACK, draft, visits));
    }

    @Test
    void examplesAreFewAndNotTheFirstOnes() {
        var draft = new ReplayLab()
                .replace("decisions/rules.yaml", "priority: 60", "priority: 10")
                .pack();
        var visits = ReplayLab.visits(new Random(1), PACK, 1_000);

        var report = ReplayLab.replay(PACK, draft, visits);
        var ofTheFirst = ReplayLab.replay(PACK, draft, visits.subList(0, 100));

        assertThat(report.kinds().get(Kind.OTHER_OFFER)).isGreaterThan(ReplayReport.MOST_EXAMPLES);
        for (var kind : report.kinds().keySet()) {
            assertThat(report.examples().stream().filter(example -> example.kind() == kind))
                    .hasSize((int) Math.min(
                            ReplayReport.MOST_EXAMPLES,
                            Objects.requireNonNull(report.kinds().get(kind))));
        }
        assertThat(report.examples()).isNotEqualTo(ofTheFirst.examples());
        assertThat(report.examples()).extracting(Example::whyBefore).noneMatch(String::isEmpty);
        assertThat(report.examples()).extracting(Example::whyNow).noneMatch(String::isEmpty);
    }

    @Test
    void nearlyAllThatCanChangeChangesSomewhereAmongThem() {
        var kinds = EnumSet.noneOf(Kind.class);
        for (int seed = 0; seed < SEEDS; seed++) {
            var report = ReplayLab.replay(PACK, ReplayLab.changed(new Random(seed)), visits(seed));
            kinds.addAll(report.kinds().keySet());
        }

        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        Kind.APPEARS,
                        Kind.DISAPPEARS,
                        Kind.FALLBACK,
                        Kind.NO_FALLBACK,
                        Kind.OTHER_OFFER,
                        Kind.OTHER_ORDER,
                        Kind.OTHER_TEXT);
    }

    @Test
    void aRuleIsIdleExactlyWhenItNeverWon() {
        var draft = new ReplayLab()
                .replace("decisions/rules.yaml", "stage: two or three", "stage: two, if: { country: XX }")
                .replace("decisions/rules.yaml", "priority: 45", "priority: 1")
                .pack();
        var visits = ReplayLab.visits(new Random(3), PACK, 300);

        var report = ReplayLab.replay(PACK, draft, visits);

        var won = new TreeSet<String>();
        visits.forEach(visit -> Decider.decide(draft, Naive.under(draft, visit)).placements().stream()
                .flatMap(decided -> decided.choices().stream())
                .map(Choice::rule)
                .filter(Objects::nonNull)
                .forEach(won::add));
        assertThat(won).isNotEmpty();
        assertThat(report.idleRules()).doesNotContainKeys(won.toArray(String[]::new));
        won.addAll(report.idleRules().keySet());
        assertThat(won).containsAll(List.of("r-ship", "r-gift", "r-card", "r-mail", "r-quiz"));
        assertThat(report.idleRules())
                .containsEntry("r-gift", Idle.NEVER_MATCHED)
                .containsEntry("r-quiet", Idle.NEVER_WON);
    }
}
