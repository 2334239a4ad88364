package io.tappa.engine.transition;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.visitor.Assignments;
import io.tappa.engine.visitor.Consents;
import io.tappa.engine.visitor.Frontier;
import io.tappa.engine.visitor.Lane;
import io.tappa.engine.visitor.Positions;
import io.tappa.engine.visitor.RecentEvent;
import io.tappa.engine.visitor.SeenEvents;
import io.tappa.engine.visitor.SeenEvents.Seen;
import io.tappa.engine.visitor.Step;
import io.tappa.engine.visitor.VisitorState;
import io.tappa.engine.visitor.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A visitor's state while it changes. */
final class Draft {
    private final PackSnapshot pack;
    private final Judge judge;
    private final VisitorState before;
    private final VisitorState base;
    private final boolean over;
    private final SortedMap<Identity, Lane> lanes;
    private final List<RecentEvent> recent;
    private final List<RecentEvent> left = new ArrayList<>();
    private final List<Seen> spilled = new ArrayList<>();
    private List<Step> silence;
    private Positions positions;
    private @Nullable Frontier frontier;
    private SeenEvents seen;
    private long wokenMillis;
    private long added;
    private long erasedMillis;

    /** What was gathered with the first of the recent events, as many as were needed; null when it must be made anew. */
    private @Nullable Map<Integer, Cell> gathered;

    private int gatheredEvents;

    /** A draft of {@code before} as it is at {@code nowMillis}: nobody any more, if the visit has ended by then. */
    static Draft at(PackSnapshot pack, VisitorState before, long nowMillis) {
        boolean over = Session.endMillis(pack, before) <= nowMillis;
        return new Draft(pack, before, over);
    }

    private Draft(PackSnapshot pack, VisitorState before, boolean over) {
        this.over = over;
        this.pack = pack;
        this.judge = new Judge(pack);
        this.before = before;
        this.base = over ? before.forgotten(before.version()) : before;
        this.lanes = new TreeMap<>(base.lanes());
        this.recent = new ArrayList<>(base.window().recent());
        this.silence = base.window().silence();
        this.positions = base.positions();
        this.frontier = base.window().frontier();
        this.seen = base.seen();
        this.wokenMillis = base.window().wokenMillis();
        this.erasedMillis = base.forgottenMillis();
    }

    /** The same, which takes in nothing that happened up to {@code millis}. */
    Draft without(long millis) {
        erasedMillis = Math.max(erasedMillis, millis);
        return this;
    }

    /** A draft of a visitor whatever the time. */
    static Draft of(PackSnapshot pack, VisitorState visitor) {
        return new Draft(pack, visitor, false);
    }

    /** Adds one event; {@code seenElsewhere} is told of ids that no longer fit the state. */
    Reception add(VisitorEvent event, long receivedMillis, Set<Long> seenElsewhere) {
        if (event.atMillis() <= erasedMillis) {
            return Reception.ERASED;
        }
        wokenMillis = Math.min(wokenMillis, receivedMillis);
        long hash = Hashes.first64(event.messageId());
        if (seen.contains(hash) || seenElsewhere.contains(hash)) {
            return Reception.DUPLICATE;
        }
        remember(hash, receivedMillis, seenElsewhere);
        added++;
        event.ids().all().forEach(id -> know(id, event.ids().proves(id.kind()), receivedMillis));
        var arrived = new RecentEvent(
                event.atMillis(), event.messageId(), event.name(), event.ids().lane(), pack.kept(event), List.of());
        if (isLate(arrived)) {
            fold(arrived);
            gathered = null;
            return Reception.LATE;
        }
        judgeFrom(insert(arrived));
        checkpoint();
        listen();
        return Reception.COUNTED;
    }

    private void know(Identity id, boolean proven, long receivedMillis) {
        var known = lanes.get(id);
        var lane = known == null ? Lane.EMPTY : known;
        if (known == null || (base.isLight() && !known.hasBegun())) {
            lane = lane.begun(receivedMillis);
        }
        lanes.put(id, proven ? lane.prove() : lane);
    }

    /** What no longer fits is spilled at once, so that batches do not matter, but stays known to this batch. */
    private void remember(long hash, long receivedMillis, Set<Long> seenElsewhere) {
        seen = seen.plus(hash, receivedMillis);
        for (var spill : seen.spills()) {
            spilled.add(spill);
            seenElsewhere.add(spill.hash());
        }
        seen = seen.withoutSpills();
    }

    private boolean isLate(RecentEvent event) {
        if (frontier != null && frontier.isAfter(event)) {
            return true;
        }
        return !recent.isEmpty() && event.atMillis() < newestMillis() - Window.RECENT_MILLIS;
    }

    private long newestMillis() {
        return recent.isEmpty()
                ? (frontier == null ? 0 : frontier.atMillis())
                : recent.get(recent.size() - 1).atMillis();
    }

    /** Puts the event where it belongs, and tells where that is. */
    private int insert(RecentEvent event) {
        int place = recent.size();
        while (place > 0 && RecentEvent.ORDER.compare(recent.get(place - 1), event) > 0) {
            place--;
        }
        recent.add(place, event);
        if (gatheredEvents > place) {
            gathered = null;
        }
        return place;
    }

    /** Judges the event at {@code place} and all after it. */
    private void judgeFrom(int place) {
        var at = positionsBefore(place);
        for (int i = place; i < recent.size(); i++) {
            var event = recent.get(i);
            var steps = new ArrayList<>(silenceBefore(i, at));
            at = at.after(steps, event.lane());
            int now = i;
            var own = judge.steps(event, at, () -> gatheredWith(now));
            at = at.after(own, event.lane());
            steps.addAll(own);
            recent.set(i, event.with(steps));
        }
    }

    /** The time-outs that passed before the event at {@code place}. */
    private List<Step> silenceBefore(int place, Positions at) {
        var event = recent.get(place);
        return judge.timeOuts(at, event.lane(), lastMillis(place - 1), event.atMillis(), () -> gatheredWith(place - 1));
    }

    private long lastMillis(int place) {
        if (place >= 0) {
            return recent.get(place).atMillis();
        }
        return frontier == null ? 0 : frontier.atMillis();
    }

    /** All that was gathered up to the recent event at {@code place}, that one included. */
    private Map<Integer, Cell> gatheredWith(int place) {
        var cells = gathered;
        if (cells == null) {
            cells = new HashMap<>();
            for (var lane : lanes.values()) {
                pack.facts().join(cells, lane.cells());
            }
            gathered = cells;
            gatheredEvents = 0;
        }
        for (; gatheredEvents <= place; gatheredEvents++) {
            var next = recent.get(gatheredEvents);
            pack.facts().fold(cells, next.name(), next.atMillis(), next.values());
        }
        var upToHere = recent.subList(0, place + 1);
        Consents.settle(cells, lanes, upToHere);
        Assignments.settle(cells, lanes, upToHere, base.merges());
        return cells;
    }

    private Positions positionsBefore(int place) {
        var at = positions;
        for (var earlier : recent.subList(0, place)) {
            at = at.after(earlier);
        }
        return at;
    }

    /** Lets what is too old or too many leave the window. */
    private void checkpoint() {
        while (recent.size() > Window.MOST_RECENT
                || (!recent.isEmpty() && recent.get(0).atMillis() < newestMillis() - Window.RECENT_MILLIS)) {
            var oldest = recent.remove(0);
            if (gatheredEvents > 0) {
                gatheredEvents--;
            } else {
                gathered = null;
            }
            frontier = new Frontier(oldest.atMillis(), oldest.messageId());
            fold(oldest);
            positions = positions.after(oldest);
            left.add(oldest);
        }
    }

    private void fold(RecentEvent event) {
        var lane = lanes.getOrDefault(event.lane(), Lane.EMPTY);
        lanes.put(event.lane(), Lanes.fold(pack.facts(), lane, event, frontier));
    }

    /** Looks for time-outs in the silence after the newest event. */
    private void listen() {
        int last = recent.size() - 1;
        silence = wokenMillis <= newestMillis() || lanes.isEmpty()
                ? List.of()
                : judge.timeOuts(
                        positionsBefore(recent.size()),
                        lastLane(),
                        lastMillis(last),
                        wokenMillis,
                        () -> gatheredWith(last));
    }

    private Identity lastLane() {
        return recent.isEmpty()
                ? lanes.firstKey()
                : recent.get(recent.size() - 1).lane();
    }

    /** Makes the time-outs that are due at {@code nowMillis}. */
    void wake(long nowMillis) {
        if (nextDue() <= nowMillis) {
            wokenMillis = nowMillis;
            listen();
            added++;
        }
    }

    /** When the next time-out is due, or {@link Long#MAX_VALUE}. */
    private long nextDue() {
        long cursor = Math.max(wokenMillis, newestMillis());
        return judge.hasTimeOuts() ? judge.nextDue(now(), newestMillis(), cursor) : Long.MAX_VALUE;
    }

    /** Judges all recent events, as those of one visitor. */
    Draft settle() {
        judgeFrom(0);
        checkpoint();
        listen();
        return this;
    }

    private Positions now() {
        var now = positionsBefore(recent.size());
        return silence.isEmpty() ? now : now.after(silence, lastLane());
    }

    /** The state as it is now. */
    VisitorState state() {
        var state = armed(0);
        return armed(state, Session.endMillis(pack, state));
    }

    private VisitorState armed(VisitorState state, long endMillis) {
        long due = Math.min(nextDue(), Math.max(1, endMillis));
        return due == Long.MAX_VALUE ? state : armed(due);
    }

    private VisitorState armed(long armedMillis) {
        var state = new VisitorState(
                before.version() + Math.max(1, added),
                lanes,
                positions,
                new Window(frontier, recent, silence, wokenMillis),
                seen,
                base.memory(),
                base.merges(),
                armedMillis,
                base.forgottenMillis(),
                before.departing());
        return Fusion.of(pack.facts(), state);
    }

    /** The events that left the window. */
    List<RecentEvent> left() {
        return left;
    }

    /** Adds what counts of the state as it is now. */
    StageTally count(StageTally tally) {
        var events = new ArrayList<>(left);
        events.addAll(recent);
        return tally.moves(base.positions(), events, silence, 1).places(now(), 1);
    }

    /** What to write at {@code nowMillis}. */
    Transition finish(List<Reception> receptions, long nowMillis) {
        if (added == 0 && !over) {
            boolean refused = Session.isRefused(pack, before);
            return new Transition(before, receptions, new StageCounts(new TreeMap<>()), List.of(), List.of(), refused);
        }
        var state = armed(0);
        long end = Session.endMillis(pack, state);
        if (state.isLight() || end <= nowMillis) {
            var gone = new StageTally().without(before).total();
            return new Transition(state.forgotten(state.version()), receptions, gone, List.of(), List.of(), true);
        }
        var counts = count(new StageTally().without(before)).total();
        return new Transition(armed(state, end), receptions, counts, left, spilled, false);
    }
}
