package io.tappa.engine.transition;

import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.visitor.Frontier;
import io.tappa.engine.visitor.Lane;
import io.tappa.engine.visitor.Lane.HandOver;
import io.tappa.engine.visitor.RecentEvent;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How lanes fill and join. */
final class Lanes {
    private Lanes() {}

    /** The lane with one more event in it; what no window sees after {@code frontier} is forgotten. */
    static Lane fold(FactCatalog facts, Lane lane, RecentEvent event, @Nullable Frontier frontier) {
        var cells = new TreeMap<>(lane.cells());
        facts.fold(cells, event.name(), event.atMillis(), event.values());
        if (frontier != null) {
            facts.prune(cells, frontier.atMillis());
        }
        return lane.with(lane.events() + 1, cells);
    }

    /** All lanes of both; those of {@code other} joined at {@code joinedMillis}. */
    static SortedMap<Identity, Lane> join(
            FactCatalog facts, SortedMap<Identity, Lane> own, SortedMap<Identity, Lane> other, long joinedMillis) {
        var joined = new TreeMap<>(own);
        other.forEach((id, lane) -> {
            var arrived = new Lane(
                    Math.max(joinedMillis, lane.joinedMillis()),
                    lane.proven(),
                    lane.handedOver(),
                    lane.events(),
                    lane.cells());
            joined.merge(id, arrived, (ours, theirs) -> both(facts, ours, theirs));
        });
        return joined;
    }

    private static Lane both(FactCatalog facts, Lane left, Lane right) {
        var cells = new TreeMap<>(left.cells());
        facts.join(cells, right.cells());
        return new Lane(
                Math.max(left.joinedMillis(), right.joinedMillis()),
                left.proven() || right.proven(),
                newer(left.handedOver(), right.handedOver()),
                left.events() + right.events(),
                cells);
    }

    private static @Nullable HandOver newer(@Nullable HandOver left, @Nullable HandOver right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left.atMillis() >= right.atMillis() ? left : right;
    }
}
