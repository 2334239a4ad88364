package io.tappa.engine.visitor;

import io.tappa.engine.fact.Cell;
import io.tappa.engine.fact.ConsentAccumulator;
import io.tappa.engine.fact.ConsentCell;
import io.tappa.engine.identity.Identity;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one person said under several ids: the newest statement, and of what was said before they were joined the strictest. */
public final class Consents {
    private Consents() {}

    /** What {@code lanes} and the {@code recent} events after them say together, or null when nothing was said. */
    public static @Nullable ConsentCell of(SortedMap<Identity, Lane> lanes, List<RecentEvent> recent) {
        var byLane = new TreeMap<Identity, Cell>();
        lanes.forEach((id, lane) -> put(byLane, id, lane.cells().get(ConsentAccumulator.SLOT)));
        for (var event : recent) {
            var before = byLane.get(event.lane());
            put(byLane, event.lane(), ConsentAccumulator.ofEvents(before, event.atMillis(), event.values()));
        }
        var said = byLane.values().stream().map(ConsentCell.class::cast).toList();
        return said.isEmpty() ? null : ConsentCell.ofOnePerson(said, joinedMillis(lanes));
    }

    private static void put(Map<Identity, Cell> byLane, Identity id, @Nullable Cell said) {
        if (said != null) {
            byLane.put(id, said);
        }
    }

    /** Lets {@code cells}, gathered from all of {@code lanes} and {@code recent}, say what holds where ids were joined. */
    public static void settle(Map<Integer, Cell> cells, SortedMap<Identity, Lane> lanes, List<RecentEvent> recent) {
        var consents = joinedMillis(lanes) == 0 ? null : of(lanes, recent);
        if (consents != null) {
            cells.put(ConsentAccumulator.SLOT, consents);
        }
    }

    private static long joinedMillis(SortedMap<Identity, Lane> lanes) {
        long joined = 0;
        for (var lane : lanes.values()) {
            joined = Math.max(joined, lane.joinedMillis());
        }
        return joined;
    }
}
