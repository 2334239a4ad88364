package io.tappa.engine.decision;

import io.tappa.engine.condition.Condition;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition that does not hold.
 *
 * @param condition the condition
 * @param change the least that would let it hold together with the others of its alternative, or null when nothing can
 */
public record Miss(Condition condition, @Nullable Change change) {
    /** All that would have to be different at once, each named once; empty when nothing can help. */
    static List<Change> changes(List<Miss> misses) {
        var changes = new LinkedHashSet<Change>();
        for (var miss : misses) {
            if (miss.change() == null) {
                return List.of();
            }
            changes.add(miss.change());
        }
        return List.copyOf(changes);
    }
}
