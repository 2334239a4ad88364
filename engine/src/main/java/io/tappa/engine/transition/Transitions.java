package io.tappa.engine.transition;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.visitor.VisitorState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Folds events into a visitor, and makes at most one move per event and journey.
 *
 * <p>Returns what to write; writes nothing. Within the window of recent events the order of arrival does not matter: an
 * event that comes late is put where it belongs and all after it are judged again.
 */
public final class Transitions {
    private Transitions() {}

    /**
     * The transition of {@code before} by {@code events}.
     *
     * @param receivedMillis when the events arrived, in milliseconds since 1970
     * @param seenElsewhere hashes of those of the events that were counted before, as far as the state no longer knows
     */
    public static Transition apply(
            PackSnapshot pack,
            VisitorState before,
            List<VisitorEvent> events,
            long receivedMillis,
            Set<Long> seenElsewhere) {
        var draft = Draft.at(pack, before, receivedMillis);
        return draft.finish(add(draft, events, receivedMillis, seenElsewhere), receivedMillis);
    }

    /**
     * The same, and the time-outs that are due at {@code nowMillis}, when the events arrived.
     *
     * @param seenElsewhere hashes of those of the events that were counted before, as far as the state no longer knows
     */
    public static Transition applyAndWake(
            PackSnapshot pack,
            VisitorState before,
            List<VisitorEvent> events,
            long nowMillis,
            Set<Long> seenElsewhere) {
        return applyAndWake(pack, before, new Arrival(events, nowMillis, seenElsewhere, 0));
    }

    /** The same for {@code arrival}. */
    public static Transition applyAndWake(PackSnapshot pack, VisitorState before, Arrival arrival) {
        var draft = Draft.at(pack, before, arrival.nowMillis()).without(arrival.erasedMillis());
        var receptions = add(draft, arrival.events(), arrival.nowMillis(), arrival.seenElsewhere());
        draft.wake(arrival.nowMillis());
        return draft.finish(receptions, arrival.nowMillis());
    }

    /** Whether the visit of {@code visitor} has ended by {@code nowMillis}, so that nothing of it may be kept. */
    public static boolean isOver(PackSnapshot pack, VisitorState visitor, long nowMillis) {
        return Session.endMillis(pack, visitor) <= nowMillis;
    }

    /** {@code visitor}, to be woken when {@code pack} says so; the very same value where nothing changes. */
    public static VisitorState rearm(PackSnapshot pack, VisitorState visitor) {
        var armed = Draft.of(pack, visitor).state();
        return armed.armedMillis() == visitor.armedMillis() ? visitor : armed;
    }

    /**
     * {@code visitor} once what a newer pack reads was gathered from {@code log}, the events of the visitor as they were
     * counted; the very same value where nothing changes.
     *
     * @param slots of the accumulators to be gathered anew
     */
    public static VisitorState backfill(
            PackSnapshot pack, VisitorState visitor, List<VisitorEvent> log, Set<Integer> slots) {
        return new Backfill(pack, visitor, log, slots).filled();
    }

    /** {@code visitor} with as many ids told apart as may be. */
    public static VisitorState bounded(PackSnapshot pack, VisitorState visitor) {
        return Fusion.of(pack.facts(), visitor);
    }

    /** How the counters change when {@code visitor} is no more. */
    public static StageCounts end(VisitorState visitor) {
        return new StageTally().without(visitor).total();
    }

    private static List<Reception> add(
            Draft draft, List<VisitorEvent> events, long receivedMillis, Set<Long> seenElsewhere) {
        var known = new HashSet<>(seenElsewhere);
        return events.stream()
                .map(event -> draft.add(event, receivedMillis, known))
                .toList();
    }
}
