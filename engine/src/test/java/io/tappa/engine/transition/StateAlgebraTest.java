package io.tappa.engine.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.visitor.VisitorState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of folding, over {@value #SEEDS} × {@value #RUNS} random visitors; the seed of a failure is in its message. */
class StateAlgebraTest {
    private static final int SEEDS = 200;
    private static final int RUNS = 10;
    private static final long RECEIVED = 1_775_000_000_000L;
    static final Set<String> OF_STAGES = Set.of("stage", "stage of club", "reached", "reached of club", "hoursInStage");

    static List<Integer> seeds() {
        var seeds = new ArrayList<Integer>();
        for (int seed = 0; seed < SEEDS; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    /** One random visitor. */
    private record Run(String name, Traffic traffic, List<VisitorEvent> sorted) {
        static List<Run> of(int seed) {
            return of(seed, RUNS);
        }

        static List<Run> of(int seed, int count) {
            var runs = new ArrayList<Run>();
            for (int run = 0; run < count; run++) {
                var traffic = new Traffic(new Random(seed * 1_000L + run));
                runs.add(new Run("seed %d, run %d".formatted(seed, run), traffic, traffic.sorted()));
            }
            return runs;
        }
    }

    /** A visitor, and all that became of the events. */
    private static final class Story {
        private VisitorState state = VisitorState.UNSEEN;
        private final List<Reception> receptions = new ArrayList<>();
        private final Map<String, Long> counters = new TreeMap<>();

        static Story of(List<VisitorEvent> arriving) {
            return new Story().plus(arriving.stream().map(List::of).toList());
        }

        Story plus(List<List<VisitorEvent>> batches) {
            for (var batch : batches) {
                var transition = Transitions.apply(LabPack.PACK, state, batch, RECEIVED, Set.of());
                state = transition.state();
                receptions.addAll(transition.receptions());
                transition
                        .counts()
                        .byJourney()
                        .forEach((journey, changes) -> changes.forEach(
                                (counter, change) -> counters.merge(journey + " " + counter, change, Long::sum)));
            }
            counters.values().removeIf(count -> count == 0);
            return this;
        }

        Map<String, String> facts(long now) {
            return StateAlgebraTest.facts(LabPack.PACK.factsFor(state, now, null, new TreeMap<>()));
        }
    }

    static Map<String, String> facts(FactValues values) {
        var facts = new HashMap<String, String>();
        for (var fact : LabPack.PACK.facts().facts()) {
            if (values.knows(fact)) {
                facts.put(fact.id(), value(fact, values));
            }
        }
        return facts;
    }

    private static String value(Fact fact, FactValues values) {
        var several = values.words(fact.index());
        if (several != null) {
            return several.toString();
        }
        var word = values.word(fact.index());
        return word == null ? "" + values.number(fact.index()) : word;
    }

    /** All of the state but the order in which the events arrived. */
    private static VisitorState apartFromArrival(VisitorState state) {
        return new VisitorState(
                state.version(),
                state.lanes(),
                state.positions(),
                state.window(),
                VisitorState.UNSEEN.seen(),
                state.memory(),
                state.merges(),
                state.armedMillis(),
                state.forgottenMillis(),
                state.departing());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void arrivalOrderWithinTheWindowDoesNotMatter(int seed) {
        for (var run : Run.of(seed)) {
            var inOrder = Story.of(run.sorted());

            var shuffled = Story.of(run.traffic().shuffled(run.sorted()));

            assertThat(shuffled.receptions).as(run.name()).containsOnly(Reception.COUNTED);
            assertThat(apartFromArrival(shuffled.state)).as(run.name()).isEqualTo(apartFromArrival(inOrder.state));
            assertThat(shuffled.counters).as(run.name()).isEqualTo(inOrder.counters);
            for (long moment : run.traffic().moments(run.sorted())) {
                assertThat(shuffled.facts(moment)).as(run.name()).isEqualTo(inOrder.facts(moment));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRecountFromTheBeginningComesToTheSame(int seed) {
        // In order only: that other orders of arrival come to the same is the law above.
        for (var run : Run.of(seed)) {
            var naive = new NaiveVisitor(run.sorted());

            var story = Story.of(run.sorted());

            assertThat(histories(story.state)).as(run.name()).isEqualTo(naive.histories());
            assertThat(story.counters).as(run.name()).isEqualTo(naive.counters());
            for (long moment : run.traffic().moments(run.sorted())) {
                assertThat(story.facts(moment)).as(run.name()).isEqualTo(naive.facts(moment));
            }
        }
    }

    static Map<String, List<NaiveVisitor.Entry>> histories(VisitorState state) {
        var histories = new TreeMap<String, List<NaiveVisitor.Entry>>();
        state.now()
                .byJourney()
                .forEach((journey, in) -> histories.put(
                        journey,
                        in.history().stream()
                                .map(entry -> new NaiveVisitor.Entry(
                                        entry.stage(), entry.atMillis(), entry.event(), entry.move()))
                                .toList()));
        return histories;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eventsSentAgainChangeNothing(int seed) {
        for (var run : Run.of(seed, RUNS / 2)) {
            var arriving = run.traffic().shuffled(run.sorted());
            var once = Story.of(arriving);

            var again = new Story().plus(run.traffic().batches(run.traffic().repeated(arriving)));

            assertThat(again.state).as(run.name()).isEqualTo(once.state);
            assertThat(again.counters).as(run.name()).isEqualTo(once.counters);
            assertThat(again.receptions.stream().filter(Reception.COUNTED::equals))
                    .as(run.name())
                    .hasSameSizeAs(arriving);
            var unchanged = Transitions.apply(LabPack.PACK, again.state, arriving, RECEIVED, Set.of());
            assertThat(unchanged.state()).as(run.name()).isSameAs(again.state);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void batchesDoNotMatter(int seed) {
        for (var run : Run.of(seed, RUNS / 2)) {
            var arriving = new ArrayList<>(run.traffic().shuffled(run.sorted()));
            arriving.addAll(0, arriving.subList(arriving.size() - arriving.size() / 4, arriving.size()));
            var oneByOne = Story.of(arriving);

            var batched = new Story().plus(run.traffic().batches(arriving));
            var atOnce = new Story().plus(List.of(arriving));

            assertThat(batched.state).as(run.name()).isEqualTo(oneByOne.state);
            assertThat(batched.receptions).as(run.name()).isEqualTo(oneByOne.receptions);
            assertThat(batched.counters).as(run.name()).isEqualTo(oneByOne.counters);
            assertThat(atOnce.state).as(run.name()).isEqualTo(oneByOne.state);
            assertThat(atOnce.counters).as(run.name()).isEqualTo(oneByOne.counters);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void lateEventsCountInTheFactsAndMoveNothing(int seed) {
        for (var run : Run.of(seed, RUNS / 2)) {
            var punctual = new ArrayList<>(run.sorted());
            var late = run.traffic().late(punctual);
            var story = Story.of(run.traffic().shuffled(punctual));
            var positions = story.state.now();
            var counters = Map.copyOf(story.counters);
            var all = new NaiveVisitor(run.sorted());

            story.receptions.clear();
            story.plus(run.traffic().batches(run.traffic().shuffled(late)));

            assertThat(story.receptions).as(run.name()).allMatch(Reception.LATE::equals);
            assertThat(story.state.now()).as(run.name()).isEqualTo(positions);
            assertThat(story.counters).as(run.name()).isEqualTo(counters);
            assertThat(story.state.events())
                    .as(run.name())
                    .isEqualTo(run.sorted().size());
            for (long moment : run.traffic().moments(run.sorted())) {
                assertThat(apartFromStages(story.facts(moment)))
                        .as(run.name())
                        .isEqualTo(apartFromStages(all.facts(moment)));
            }
        }
    }

    private static Map<String, String> apartFromStages(Map<String, String> facts) {
        var rest = new TreeMap<>(facts);
        rest.keySet().removeAll(OF_STAGES);
        return rest;
    }
}
