package io.tappa.engine.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.Merge;
import io.tappa.engine.visitor.Step;
import io.tappa.engine.visitor.VisitorState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * People over several ids each, joined and parted in any order while their events come in any order, are what a list of
 * each one's events says; the seed of a failure is in its message.
 */
class MergingTest {
    private static final int SEEDS = 200;
    private static final int RUNS = 10;
    private static final int PEOPLE = 20;
    private static final long RECEIVED = 1_775_000_000_000L;
    private static final long HOUR = 3_600_000;

    static List<Integer> seeds() {
        return IntStream.range(0, SEEDS).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void joinedAndPartedPeopleAreWhatTheirEventsSay(int seed) {
        for (int run = 0; run < RUNS; run++) {
            var counters = new TreeMap<String, Long>();
            var expected = new TreeMap<String, Long>();
            for (int person = 0; person < PEOPLE; person++) {
                var random = new Random((seed * 100L + run) * 100L + person);
                var crowd = new Crowd(random, counters);
                crowd.live(withinTheWindow(new Traffic(random).sorted()));
                crowd.compareWithLists("seed %d, run %d, person %d".formatted(seed, run, person), expected);
            }
            counters.values().removeIf(count -> count == 0);
            assertThat(counters).isEqualTo(expected);
        }
    }

    private static List<VisitorEvent> withinTheWindow(List<VisitorEvent> sorted) {
        long first = sorted.get(0).atMillis();
        return sorted.stream()
                .filter(event -> event.atMillis() < first + HOUR)
                .limit(16)
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void factsOfLongStoriesSurviveJoiningAndParting(int seed) {
        for (int run = 0; run < RUNS; run++) {
            var random = new Random(seed * 100L + run);
            var counters = new TreeMap<String, Long>();
            var crowd = new Crowd(random, counters);
            crowd.live(new Traffic(random).sorted());
            var places = new TreeMap<String, Long>();
            crowd.compareFacts("seed %d, run %d".formatted(seed, run), places);
            crowd.compareLedgers("seed %d, run %d".formatted(seed, run));
            counters.keySet().removeIf(counter -> counter.contains(StageCounts.TO));
            counters.values().removeIf(count -> count == 0);
            assertThat(counters).as("seed %d, run %d", seed, run).isEqualTo(places);
        }
    }

    /** One line of a ledger. */
    private record Line(String journey, String stage, long at, String move, Identity lane) {
        boolean isJoint() {
            return move.equals(Step.JOINED);
        }
    }

    /** One person's four ids, in as many visitors as they happen to be at the moment. */
    private static final class Crowd {
        private final Random random;
        private final Map<String, Long> counters;
        private final Map<Identity, Integer> homes = new HashMap<>();
        private final Map<Integer, VisitorState> visitors = new TreeMap<>();
        private final Map<Integer, List<VisitorEvent>> stories = new TreeMap<>();
        private final Map<Integer, List<Line>> ledgers = new TreeMap<>();
        private final Map<String, Integer> merged = new HashMap<>();
        private final List<Identity> ids = List.of(
                new Identity(IdKind.ANONYMOUS, "phone"),
                new Identity(IdKind.ANONYMOUS, "laptop"),
                new Identity(IdKind.CARD, "card"),
                new Identity(IdKind.USER, "user"));
        private int merges;
        private long newest;

        Crowd(Random random, Map<String, Long> counters) {
            this.random = random;
            this.counters = counters;
            for (int i = 0; i < ids.size(); i++) {
                homes.put(ids.get(i), i);
                visitors.put(i, VisitorState.UNSEEN);
                stories.put(i, new ArrayList<>());
            }
        }

        /** Lets the events arrive in a random order, some twice, with joins and partings in between. */
        void live(List<VisitorEvent> sorted) {
            var arriving = new ArrayList<VisitorEvent>();
            for (var event : sorted) {
                var id = ids.get(random.nextInt(ids.size()));
                arriving.add(new VisitorEvent(
                        event.messageId(), Identities.of(id), event.name(), event.time(), event.values()));
            }
            newest = sorted.get(sorted.size() - 1).atMillis();
            shuffle(arriving);
            for (int i = 0; i < arriving.size(); i++) {
                accept(arriving.get(i));
                if (random.nextInt(4) == 0) {
                    accept(arriving.get(random.nextInt(i + 1)));
                }
                switch (random.nextInt(6)) {
                    case 0, 1 -> join();
                    case 2 -> part();
                    default -> {}
                }
            }
        }

        private void shuffle(List<VisitorEvent> events) {
            for (int i = events.size() - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                var event = events.get(i);
                events.set(i, events.get(other));
                events.set(other, event);
            }
        }

        private void accept(VisitorEvent event) {
            int home = Objects.requireNonNull(homes.get(event.ids().lane()));
            var transition = Transitions.apply(LabPack.PACK, state(home), List.of(event), RECEIVED, Set.of());
            visitors.put(home, transition.state());
            count(transition.counts());
            ledger(home).addAll(lines(transition));
            if (transition.receptions().get(0) != Reception.DUPLICATE) {
                story(home).add(event);
            }
        }

        private void join() {
            int one = home();
            int other = home();
            if (one == other || state(one).isLight() || state(other).isLight()) {
                return;
            }
            var merge = new Merge(
                    "merge " + merges++,
                    key(other),
                    List.copyOf(state(other).lanes().keySet()),
                    RECEIVED + merges,
                    "a test",
                    null);
            var joined = Merging.join(LabPack.PACK, state(one), state(other), merge);
            merged.put(merge.id(), other);
            visitors.put(one, joined.state());
            visitors.put(other, VisitorState.UNSEEN);
            story(one).addAll(story(other));
            stories.put(other, new ArrayList<>());
            homes.replaceAll((id, home) -> home == other ? one : home);
            count(joined.counts());
            ledger(one).addAll(lines(joined));
            ledger(one).addAll(ledger(other));
            ledgers.put(other, new ArrayList<>());
        }

        private void part() {
            int home = home();
            var merges = state(home).merges().stream().filter(Merge::holds).toList();
            if (merges.isEmpty()) {
                return;
            }
            var merge = merges.get(random.nextInt(merges.size()));
            int other = Objects.requireNonNull(merged.get(merge.id()));
            if (home == other || !stories.get(other).isEmpty()) {
                return;
            }
            var parted = Merging.part(LabPack.PACK, state(home), merge, RECEIVED);
            visitors.put(home, parted.stays());
            visitors.put(other, parted.leaves());
            var leaving = new HashSet<>(merge.ids());
            leaving.removeIf(id -> Objects.requireNonNull(homes.get(id)) != home);
            story(other)
                    .addAll(story(home).stream()
                            .filter(event -> leaving.contains(event.ids().lane()))
                            .toList());
            story(home).removeIf(event -> leaving.contains(event.ids().lane()));
            leaving.forEach(id -> homes.put(id, other));
            ledger(home).removeIf(Line::isJoint);
            ledger(other)
                    .addAll(ledger(home).stream()
                            .filter(line -> leaving.contains(line.lane()))
                            .toList());
            ledger(home).removeIf(line -> leaving.contains(line.lane()));
            count(parted.counts());
        }

        private List<Line> ledger(int home) {
            return Objects.requireNonNull(ledgers.computeIfAbsent(home, key -> new ArrayList<>()));
        }

        private static List<Line> lines(Transition transition) {
            var lines = new ArrayList<Line>();
            for (var event : transition.settled()) {
                event.steps()
                        .forEach(step -> lines.add(
                                new Line(step.journey(), step.stage(), step.atMillis(), step.move(), event.lane())));
            }
            return lines;
        }

        /** Every move that became final is in the ledger, once. */
        void compareLedgers(String name) {
            visitors.forEach((home, state) -> {
                var history = new ArrayList<Line>();
                state.positions()
                        .byJourney()
                        .forEach((journey, in) -> in.history()
                                .forEach(entry -> history.add(new Line(
                                        journey, entry.stage(), entry.atMillis(), entry.move(), entry.lane()))));
                history.removeIf(Line::isJoint);
                var ledger = new ArrayList<>(ledger(home));
                ledger.removeIf(Line::isJoint);
                assertThat(ledger).as(name).containsExactlyInAnyOrderElementsOf(history);
            });
        }

        private int home() {
            return Objects.requireNonNull(homes.get(ids.get(random.nextInt(ids.size()))));
        }

        private VisitorState state(int home) {
            return Objects.requireNonNull(visitors.get(home));
        }

        private List<VisitorEvent> story(int home) {
            return Objects.requireNonNull(stories.get(home));
        }

        private static VisitorKey key(int home) {
            return VisitorKey.of(new Identity(IdKind.USER, "home " + home));
        }

        private void count(StageCounts counts) {
            counts.byJourney()
                    .forEach((journey, changes) -> changes.forEach(
                            (counter, change) -> counters.merge(journey + " " + counter, change, Long::sum)));
        }

        void compareWithLists(String name, Map<String, Long> expected) {
            visitors.forEach((home, state) -> {
                var events = new ArrayList<>(story(home));
                events.sort(Traffic.ORDER);
                var naive = new NaiveVisitor(events);
                assertThat(StateAlgebraTest.histories(state)).as(name).isEqualTo(naive.histories());
                compareFacts(name, state, naive, Set.of());
                naive.counters().forEach((counter, count) -> expected.merge(counter, count, Long::sum));
            });
        }

        void compareFacts(String name, Map<String, Long> places) {
            visitors.forEach((home, state) -> {
                var events = new ArrayList<>(story(home));
                events.sort(Traffic.ORDER);
                compareFacts(name, state, new NaiveVisitor(events), StateAlgebraTest.OF_STAGES);
                state.now().byJourney().forEach((journey, in) -> {
                    places.merge(journey + " " + in.stage(), 1L, Long::sum);
                    places.merge(journey + " " + StageCounts.VISITORS, 1L, Long::sum);
                });
            });
        }

        /** As of the newest event of anybody: windows end with it for all who were once joined. */
        private void compareFacts(String name, VisitorState state, NaiveVisitor naive, Set<String> apart) {
            var engine = StateAlgebraTest.facts(LabPack.PACK.factsFor(state, newest, null, new TreeMap<>()));
            var plain = naive.facts(newest);
            engine.keySet().removeAll(apart);
            plain.keySet().removeAll(apart);
            assertThat(engine).as(name).isEqualTo(plain);
        }
    }
}
