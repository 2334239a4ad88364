package io.tappa.engine.visitor;

import io.tappa.engine.fact.ArrivalAccumulator;
import io.tappa.engine.fact.AssignmentAccumulator;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.identity.Identity;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which variations of experiments one person has who was known as several visitors: those of the visitor known first. */
public final class Assignments {
    private Assignments() {}

    /**
     * Lets {@code cells}, gathered from all of {@code lanes} and {@code recent}, say what holds where visitors were joined by
     * {@code merges}.
     */
    public static void settle(
            Map<Integer, Cell> cells, SortedMap<Identity, Lane> lanes, List<RecentEvent> recent, List<Merge> merges) {
        if (merges.isEmpty() || !cells.containsKey(AssignmentAccumulator.SLOT)) {
            return;
        }
        var byId = new TreeMap<Identity, Visitor>();
        lanes.forEach((id, lane) -> byId.put(id, Visitor.of(lane)));
        for (var event : recent) {
            byId.merge(event.lane(), Visitor.of(event), Visitor::withAnotherId);
        }
        var person = person(byId, merges).assigned();
        if (person != null) {
            cells.put(AssignmentAccumulator.SLOT, person);
        }
    }

    /** Who came in by the newest merges came in whole, with whom they had been joined before. */
    private static Visitor person(SortedMap<Identity, Visitor> byId, List<Merge> merges) {
        var host = new TreeMap<>(byId);
        var guests = new ArrayDeque<Visitor>();
        for (int newest = merges.size() - 1; newest >= 0; newest--) {
            var guest = new TreeMap<>(host);
            guest.keySet().retainAll(merges.get(newest).ids());
            if (!guest.isEmpty() && guest.size() < host.size()) {
                host.keySet().removeAll(guest.keySet());
                guests.push(person(guest, merges.subList(0, newest)));
            }
        }
        var own = host.values().stream().reduce(Visitor.NOBODY, Visitor::withAnotherId);
        return guests.stream().reduce(own, Visitor::and);
    }

    /**
     * What was assigned to one visitor.
     *
     * @param knownSince when the visitor's first event arrived, in milliseconds since 1970
     * @param assigned what was assigned, or null
     */
    private record Visitor(long knownSince, @Nullable Cell assigned) {
        static final Visitor NOBODY = new Visitor(Long.MAX_VALUE, null);

        static Visitor of(Lane lane) {
            long since = ArrivalAccumulator.millis(lane.cells());
            return new Visitor(
                    since == 0 ? NOBODY.knownSince : since, lane.cells().get(AssignmentAccumulator.SLOT));
        }

        /** Its arrival is noted in its lane. */
        static Visitor of(RecentEvent event) {
            return new Visitor(
                    NOBODY.knownSince, AssignmentAccumulator.ofEvent(event.name(), event.atMillis(), event.values()));
        }

        Visitor withAnotherId(Visitor id) {
            return new Visitor(Math.min(knownSince, id.knownSince), first(assigned, id.assigned));
        }

        /** The one person that both turn out to be. */
        Visitor and(Visitor other) {
            if (assigned == null || other.assigned == null || knownSince == other.knownSince) {
                return withAnotherId(other);
            }
            return knownSince < other.knownSince
                    ? new Visitor(knownSince, AssignmentAccumulator.older(assigned, other.assigned))
                    : new Visitor(other.knownSince, AssignmentAccumulator.older(other.assigned, assigned));
        }

        private static @Nullable Cell first(@Nullable Cell left, @Nullable Cell right) {
            if (left == null || right == null) {
                return left == null ? right : left;
            }
            return AssignmentAccumulator.first(left, right);
        }
    }
}
