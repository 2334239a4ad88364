package io.tappa.engine.merge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** In which order the pieces of both sides stand. */
final class Order {
    private final List<Piece.Key> first;
    private final List<Piece.Key> second;

    /** The order of our side, with what only they have behind what it stands behind there; the other way round where only they moved something. */
    Order(Pieces base, Pieces ours, Pieces theirs) {
        var our = List.copyOf(ours.byKey().keySet());
        var their = List.copyOf(theirs.byKey().keySet());
        boolean onlyTheyMoved = !moved(base, ours) && moved(base, theirs);
        this.first = onlyTheyMoved ? their : our;
        this.second = onlyTheyMoved ? our : their;
    }

    private static boolean moved(Pieces base, Pieces side) {
        return !common(base.byKey().keySet(), side).equals(common(side.byKey().keySet(), base));
    }

    private static List<Piece.Key> common(Collection<Piece.Key> keys, Pieces other) {
        return keys.stream().filter(key -> other.find(key) != null).toList();
    }

    /** Those that are {@code left} in their order. */
    List<Piece.Key> of(Set<Piece.Key> left) {
        var order = new ArrayList<>(first);
        order.retainAll(left);
        int place = 0;
        for (var key : second) {
            if (left.contains(key)) {
                int known = order.indexOf(key);
                if (known < 0) {
                    order.add(place, key);
                    known = place;
                }
                place = known + 1;
            }
        }
        return order;
    }
}
