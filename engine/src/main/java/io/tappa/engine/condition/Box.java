package io.tappa.engine.condition;

import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditions that must all hold: a set of values per fact.
 *
 * @param conditions in {@link Condition#ASKING_ORDER}
 */
public record Box(List<Condition> conditions) {
    /** Holds for everybody. */
    public static final Box ANY = new Box(List.of());

    public Box {
        conditions = conditions.stream().sorted(Condition.ASKING_ORDER).toList();
    }

    /** Whether all conditions hold for {@code facts}. */
    public boolean holds(FactValues facts) {
        for (var condition : conditions) {
            if (!condition.holds(facts)) {
                return false;
            }
        }
        return true;
    }

    /** The conditions of both boxes; two sets of one fact become one where that can be written as one set. */
    public Box and(Box other) {
        var all = new ArrayList<>(conditions);
        for (var condition : other.conditions) {
            addTo(all, condition);
        }
        return new Box(all);
    }

    private static void addTo(List<Condition> all, Condition condition) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).fact().equals(condition.fact())) {
                var both = all.get(i).values().and(condition.values());
                if (both != null && condition.fact().type() != FactType.WORDS) {
                    all.set(i, new Condition(condition.fact(), both));
                    return;
                }
            }
        }
        all.add(condition);
    }
}
