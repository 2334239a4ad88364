package io.tappa.api.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateCodecTest {
    private static final int TYPICAL_EVENTS = 50;
    private static final int MOST_BYTES = 2_000;

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsWhatItWrote(int seed) {
        var random = new RandomVisitor(new Random(seed));
        var state = VisitorState.UNSEEN;
        for (int batch = 0; batch < 6; batch++) {
            state = random.after(state, random.events(1 + seed % 40));

            assertThat(StateCodec.decode(StateCodec.encode(state))).isEqualTo(state);
        }
        var shown = random.shown(state);
        assertThat(StateCodec.decode(StateCodec.encode(shown))).isEqualTo(shown);
    }

    @Test
    void readsWhatItWroteOfNobody() {
        assertThat(StateCodec.decode(StateCodec.encode(VisitorState.UNSEEN))).isEqualTo(VisitorState.UNSEEN);
    }

    @Test
    void keepsATypicalVisitorSmall() {
        var sizes = new ArrayList<Integer>();
        for (int seed = 0; seed < 100; seed++) {
            var random = new RandomVisitor(new Random(seed));
            var state = random.after(VisitorState.UNSEEN, random.shopping(TYPICAL_EVENTS));
            assertThat(state.events()).isEqualTo(TYPICAL_EVENTS);
            sizes.add(StateCodec.encode(random.shown(state)).length);
        }
        sizes.sort(null);

        System.out.printf(
                "A visitor of %d events takes %d bytes (median of %d; smallest %d, largest %d)%n",
                TYPICAL_EVENTS, sizes.get(50), sizes.size(), sizes.get(0), sizes.get(99));
        assertThat(sizes.get(99)).isLessThanOrEqualTo(MOST_BYTES);
    }

    @Test
    void tellsAPointerFromAState() {
        var key = VisitorKey.of(new Identity(IdKind.USER, "u-1"));

        assertThat(StateCodec.pointer(StateCodec.pointerTo(key))).isEqualTo(key);
        assertThat(StateCodec.pointer(StateCodec.encode(VisitorState.UNSEEN))).isNull();
        assertThatThrownBy(() -> StateCodec.decode(StateCodec.pointerTo(key)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Maybe a newer version of Tappa wrote it.");
    }

    @Test
    void dependsOnTheEventsOnlyAndNotOnTheWayTheyCame() {
        var random = new RandomVisitor(new Random(7));
        List<VisitorEvent> events = random.shopping(30);

        var atOnce = random.after(VisitorState.UNSEEN, events);
        var oneByOne = VisitorState.UNSEEN;
        for (var event : events) {
            oneByOne = StateCodec.decode(StateCodec.encode(random.after(oneByOne, List.of(event))));
        }

        assertThat(StateCodec.encode(oneByOne)).isEqualTo(StateCodec.encode(atOnce));
    }
}
