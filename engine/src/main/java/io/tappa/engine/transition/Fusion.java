package io.tappa.engine.transition;

import io.tappa.engine.fact.Cell;
import io.tappa.engine.fact.ConsentAccumulator;
import io.tappa.engine.fact.ConsentCell;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.visitor.Assignments;
import io.tappa.engine.visitor.Lane;
import io.tappa.engine.visitor.Merge;
import io.tappa.engine.visitor.RecentEvent;
import io.tappa.engine.visitor.VisitorState;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Bounds the lanes of somebody with very many ids: some of them share one lane from then on, and cannot be lifted out again.
 *
 * <p>First those that came without a merge, which nothing could lift out anyway, then those of the oldest merges, so that it
 * hardly matters in which order events arrive; at last those that went to somebody else.
 */
final class Fusion {
    private Fusion() {}

    /** {@code state} with at most {@value VisitorState#MOST_LANES} lanes, as far as there are ids that may share one. */
    static VisitorState of(FactCatalog facts, VisitorState state) {
        int tooMany = state.lanes().size() - VisitorState.MOST_LANES;
        if (tooMany <= 0) {
            return state;
        }
        int forTheirOwn = state.hasFused() ? 0 : 1;
        var fused =
                candidates(state).stream().limit((long) tooMany + forTheirOwn).collect(Collectors.toSet());
        return fused.isEmpty() ? state : state.fused(lanes(facts, state, fused), fused, merges(state, fused));
    }

    private static List<Identity> candidates(VisitorState state) {
        var inUse = state.window().recent().stream().map(RecentEvent::lane).collect(Collectors.toSet());
        return state.lanes().entrySet().stream()
                .filter(lane -> mayShare(lane.getKey()) && !inUse.contains(lane.getKey()))
                .sorted(Comparator.comparing((Map.Entry<Identity, Lane> lane) ->
                                lane.getValue().handedOver() != null)
                        .thenComparingLong(lane -> lane.getValue().joinedMillis())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A person stays a lane. */
    private static boolean mayShare(Identity id) {
        return id.kind() != IdKind.USER && id.kind() != IdKind.FUSED;
    }

    private static SortedMap<Identity, Lane> lanes(FactCatalog facts, VisitorState state, Set<Identity> fused) {
        var lanes = new TreeMap<>(state.lanes());
        var all = new TreeMap<>(state.lanes());
        all.keySet().removeIf(id -> !fused.contains(id) && id.kind() != IdKind.FUSED);
        lanes.keySet().removeAll(all.keySet());
        lanes.put(Identity.FUSED, lane(facts, all, state));
        return lanes;
    }

    private static long joinedMillis(VisitorState state) {
        return state.lanes().values().stream()
                .mapToLong(Lane::joinedMillis)
                .max()
                .orElse(0);
    }

    private static Lane lane(FactCatalog facts, SortedMap<Identity, Lane> fused, VisitorState state) {
        var lanes = fused.values();
        var cells = new TreeMap<Integer, Cell>();
        long events = 0;
        long joined = 0;
        for (var lane : lanes) {
            facts.join(cells, lane.cells());
            events += lane.events();
            joined = Math.max(joined, lane.joinedMillis());
        }
        var said = lanes.stream()
                .map(lane -> lane.cells().get(ConsentAccumulator.SLOT))
                .filter(ConsentCell.class::isInstance)
                .map(ConsentCell.class::cast)
                .toList();
        long joinedMillis = joinedMillis(state);
        if (joinedMillis > 0 && !said.isEmpty()) {
            cells.put(ConsentAccumulator.SLOT, ConsentCell.ofOnePerson(said, joinedMillis));
        }
        Assignments.settle(cells, fused, List.of(), state.merges());
        return new Lane(joined, true, null, events, cells);
    }

    /** A merge one of whose ids shares a lane by now cannot be taken back; only the newest is kept all the same. */
    private static List<Merge> merges(VisitorState state, Set<Identity> fused) {
        var merges = state.merges();
        var gone = new HashSet<>(merges);
        gone.removeIf(merge -> !merge.holds() || merge.ids().stream().noneMatch(fused::contains));
        int last = merges.size() - 1;
        return IntStream.rangeClosed(0, last)
                .filter(place -> place == last || !gone.contains(merges.get(place)))
                .mapToObj(place ->
                        gone.contains(merges.get(place)) ? merges.get(place).forGood() : merges.get(place))
                .toList();
    }
}
