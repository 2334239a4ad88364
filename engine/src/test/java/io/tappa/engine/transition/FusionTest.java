package io.tappa.engine.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.visitor.VisitorState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody with very many ids is still what a plain list of events says. */
class FusionTest {
    private static final int SEEDS = 100;
    private static final int BROWSERS = 60;
    private static final long RECEIVED = 1_775_000_000_000L;

    static List<Integer> seeds() {
        return IntStream.range(0, SEEDS).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void factsAreTheSumsHoweverManyIdsThereAre(int seed) {
        var random = new Random(seed);
        var events = new ArrayList<VisitorEvent>();
        for (int part = 0; part < 3; part++) {
            for (var event : new Traffic(random).sorted()) {
                var browser = new Identity(IdKind.ANONYMOUS, "browser " + random.nextInt(BROWSERS));
                var id = part + event.messageId();
                events.add(new VisitorEvent(id, Identities.of(browser), event.name(), event.time(), event.values()));
            }
        }
        events.sort(Traffic.ORDER);
        var shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);

        var inOrder = visitor(events);
        var inDisorder = visitor(shuffled);

        long newest = events.get(events.size() - 1).atMillis();
        var plain = new NaiveVisitor(events).facts(newest);
        plain.keySet().removeAll(StateAlgebraTest.OF_STAGES);
        for (var state : List.of(inOrder, inDisorder)) {
            assertThat(state.lanes()).hasSizeLessThanOrEqualTo(VisitorState.MOST_LANES);
            assertThat(state.events()).isEqualTo(events.size());
            var facts = StateAlgebraTest.facts(LabPack.PACK.factsFor(state, newest, null, new TreeMap<>()));
            facts.keySet().removeAll(StateAlgebraTest.OF_STAGES);
            assertThat(facts).isEqualTo(plain);
        }
    }

    private static VisitorState visitor(List<VisitorEvent> arriving) {
        var state = VisitorState.UNSEEN;
        for (var event : arriving) {
            state = Transitions.apply(LabPack.PACK, state, List.of(event), RECEIVED, Set.of())
                    .state();
        }
        return state;
    }
}
