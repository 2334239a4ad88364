package io.tappa.engine.transition;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.visitor.RecentEvent;
import io.tappa.engine.visitor.VisitorState;
import io.tappa.engine.visitor.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gathers from logged events what a newer pack reads and an older one did not keep.
 *
 * <p>What is gathered replaces what was there, so that doing it twice changes nothing. Moves stay as they were made.
 */
final class Backfill {
    private final PackSnapshot pack;
    private final VisitorState visitor;
    private final Set<Integer> slots;
    private final SortedMap<String, VisitorEvent> logged = new TreeMap<>();

    Backfill(PackSnapshot pack, VisitorState visitor, List<VisitorEvent> log, Set<Integer> slots) {
        this.pack = pack;
        this.visitor = visitor;
        this.slots = slots;
        log.forEach(event -> logged.put(event.messageId(), event));
    }

    /** The visitor with what the log tells of {@link #slots}, one version on; the very same where that is nothing new. */
    VisitorState filled() {
        var window = visitor.window();
        var recent = window.recent().stream().map(this::kept).toList();
        window.recent().forEach(event -> logged.remove(event.messageId()));
        var fresh = fresh();
        var state = visitor;
        for (var lane : visitor.lanes().entrySet()) {
            var before = lane.getValue();
            var cells = filled(before.cells(), fresh.getOrDefault(lane.getKey(), new TreeMap<>()));
            if (!cells.equals(before.cells())) {
                state = state.with(lane.getKey(), before.with(before.events(), cells));
            }
        }
        boolean same = recent.equals(window.recent());
        return same ? state : state.with(new Window(window.frontier(), recent, window.silence(), window.wokenMillis()));
    }

    private RecentEvent kept(RecentEvent event) {
        var whole = logged.get(event.messageId());
        return whole == null ? event : event.with(pack.kept(whole));
    }

    /** What the logged events that left the window say, by lane. */
    private Map<Identity, SortedMap<Integer, Cell>> fresh() {
        var lanes = new HashMap<Identity, SortedMap<Integer, Cell>>();
        for (var event : logged.values()) {
            var cells = lanes.computeIfAbsent(event.ids().lane(), lane -> new TreeMap<>());
            pack.facts().fold(cells, event.name(), event.atMillis(), pack.kept(event));
        }
        return lanes;
    }

    private SortedMap<Integer, Cell> filled(SortedMap<Integer, Cell> before, SortedMap<Integer, Cell> fresh) {
        var cells = new TreeMap<>(before);
        for (var slot : slots) {
            var cell = fresh.get(slot);
            if (cell == null) {
                cells.remove(slot);
            } else {
                cells.put(slot, cell);
            }
        }
        return cells;
    }
}
