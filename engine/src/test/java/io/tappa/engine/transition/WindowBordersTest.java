package io.tappa.engine.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.visitor.VisitorState;
import io.tappa.engine.visitor.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows are {@code (now − within, now]}, also when the checkpoint forgets what no window sees any more. */
class WindowBordersTest {
    private static final Instant SEEN = Instant.parse("2026-03-02T12:00:00Z");

    private static VisitorEvent event(String id, String name, Instant time) {
        return new VisitorEvent(
                id, Identities.of("browser", null), name, time, new TreeMap<>(Map.of("category", "shoes")));
    }

    @ParameterizedTest
    @CsvSource({"3599999, 1", "3600000, 0"})
    void aCrowdOfEventsInOneMillisecondForgetsNothingTooEarly(long laterMillis, long categories) {
        var later = SEEN.plus(Duration.ofMillis(laterMillis));
        var events = new ArrayList<VisitorEvent>(List.of(event("view", "Product Viewed", SEEN)));
        for (int i = 0; i < 3 * Window.MOST_RECENT; i++) {
            events.add(event("page-" + i, "Page Viewed", later));
        }

        var state = Transitions.apply(LabPack.PACK, VisitorState.UNSEEN, events, SEEN.toEpochMilli(), Set.of())
                .state();

        var facts = LabPack.PACK.factsFor(state, later.toEpochMilli(), null, new TreeMap<>());
        var now = LabPack.PACK.facts().find("categoriesNow");
        assertThat(facts.number(now.index())).isEqualTo(categories);
    }
}
