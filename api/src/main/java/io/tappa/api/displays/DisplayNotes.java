package io.tappa.api.displays;

import io.tappa.api.event.AfterWriting;
import io.tappa.api.rounds.Counts;
import io.tappa.api.rounds.Writing;
import io.tappa.api.store.DisplayCounts;
import io.tappa.api.store.DisplayCounts.Counter;
import io.tappa.api.store.DisplayCounts.Kind;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.outcome.Outcomes;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Notes what is decided, answered and seen. Notes are gathered in memory and written together every second, so that no
 * request waits for them or fails with them.
 */
public final class DisplayNotes implements AfterWriting, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DisplayNotes.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    /** What was seen longer ago says nothing about the present hour; imports bring it. */
    private static final Duration OLDEST = Duration.ofDays(1);

    private final DisplayCounts store;
    private final Counts<Note> notes = new Counts<>();
    private final Writing writing;

    private record Note(long hour, Counter counter) {}

    DisplayNotes(DisplayCounts store) {
        this.store = store;
        this.writing = new Writing(LOG, EVERY, this::write, "displays were not counted");
    }

    /** Notes the answer for one placement of {@code touchpoint}, which was made in trouble or not. */
    public void answered(String touchpoint, PlacementDecision decided, boolean troubled, long nowMillis) {
        long hour = DisplayCounts.hour(nowMillis);
        var placement = touchpoint + "." + decided.placement();
        notes.add(new Note(hour, new Counter(Kind.ANSWERED, placement, "")), 1);
        if (troubled) {
            notes.add(new Note(hour, new Counter(Kind.TROUBLED, placement, "")), 1);
        }
        for (var choice : decided.choices()) {
            notes.add(new Note(hour, new Counter(Kind.DECIDED, placement, choice.offer())), 1);
        }
    }

    /** Notes which offers of {@code pack} were seen; the hour in which we hear of it counts. */
    @Override
    public void counted(PackSnapshot pack, List<VisitorEvent> events, long nowMillis) {
        for (var event : events) {
            var offer = event.values().get(Outcomes.OFFER);
            if (offer != null
                    && event.name().equals(Outcomes.VIEWED)
                    && event.atMillis() > nowMillis - OLDEST.toMillis()
                    && pack.offers().find(offer) != null) {
                var placement = Outcomes.placement(pack, event.values().get(Outcomes.PLACEMENT));
                notes.add(new Note(DisplayCounts.hour(nowMillis), new Counter(Kind.EXPOSED, placement, offer)), 1);
            }
        }
    }

    /** Writes what was gathered so far; what the store does not take is gathered again. */
    private Mono<Void> write() {
        return Mono.defer(() -> Flux.fromIterable(taken().entrySet())
                .concatMap(hour -> write(hour.getKey(), hour.getValue()))
                .then());
    }

    private SortedMap<Long, Map<Counter, Long>> taken() {
        var hours = new TreeMap<Long, Map<Counter, Long>>();
        notes.take()
                .forEach((note, times) -> hours.computeIfAbsent(note.hour(), hour -> new HashMap<>())
                        .put(note.counter(), times));
        return hours;
    }

    private Mono<Void> write(long hour, Map<Counter, Long> counts) {
        return store.add(hour, counts).onErrorResume(StoreUnavailable.class, away -> {
            counts.forEach((counter, times) -> notes.add(new Note(hour, counter), times));
            return Mono.empty();
        });
    }

    /** Writes what was gathered last while the store is still there. */
    @Override
    public void close() {
        writing.close();
    }
}
