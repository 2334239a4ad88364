package io.tappa.engine.visitor;

import io.tappa.engine.contact.ContactHistory;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.identity.Identity;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision may know about a visitor: a checkpoint, and the recent events that are still being put in order.
 *
 * @param version grows by one with every event counted and every decision remembered; 0 was never stored
 * @param events how many events were counted; 0 is somebody never seen, though a decision may remember a cap
 * @param frontier the last event folded into the checkpoint, or null while all are recent
 * @param lanes checkpoint of what was gathered, one lane for each id that joined
 * @param positions checkpoint of where the visitor is
 * @param recent at most {@value #MOST_RECENT} events of the last hour before the newest, in event order
 * @param seen which events were counted
 * @param contacts what caps need to know
 */
public record VisitorState(
        long version,
        long events,
        @Nullable Frontier frontier,
        SortedMap<Identity, SortedMap<Integer, Cell>> lanes,
        Positions positions,
        List<RecentEvent> recent,
        SeenEvents seen,
        ContactHistory contacts) {
    /** Most events that are still being put in order. */
    public static final int MOST_RECENT = 16;
    /** How far before the newest event one may still move something, in milliseconds. */
    public static final long RECENT_MILLIS = 3_600_000;
    /** Somebody never seen. */
    public static final VisitorState UNSEEN = new VisitorState(
            0, 0, null, new TreeMap<>(), Positions.NONE, List.of(), SeenEvents.NONE, ContactHistory.EMPTY);

    public VisitorState {
        lanes = Collections.unmodifiableSortedMap(new TreeMap<>(lanes));
        recent = List.copyOf(recent);
    }

    /** Where the visitor is now, recent events included. */
    public Positions now() {
        var now = positions;
        for (var event : recent) {
            now = now.after(event);
        }
        return now;
    }

    /** All that was gathered, lanes joined and recent events included. */
    public Map<Integer, Cell> gathered(FactCatalog facts) {
        var cells = new HashMap<Integer, Cell>();
        lanes.values().forEach(lane -> facts.join(cells, lane));
        for (var event : recent) {
            facts.fold(cells, event.name(), event.atMillis(), event.values());
        }
        return cells;
    }

    /** The state that remembers {@code after}, one version on. */
    public VisitorState with(ContactHistory after) {
        return new VisitorState(version + 1, events, frontier, lanes, positions, recent, seen, after);
    }

    /** Whether this is nobody yet: no event, at most a cap. */
    public boolean isLight() {
        return events == 0;
    }
}
