package io.tappa.engine.journey;

import io.tappa.engine.condition.Box;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A way from stage to stage.
 *
 * @param id stable name, shown in the history
 * @param on name of the event that may cause it
 * @param from stages it starts in; empty means any
 * @param alternatives conditions over the facts after the event; one of the boxes must hold
 * @param to stage it leads to
 * @param priority 0 to 100; of several moves that match, the highest is made, then the first by id
 */
public record Move(String id, String on, SortedSet<String> from, List<Box> alternatives, String to, int priority) {
    public Move {
        from = Collections.unmodifiableSortedSet(new TreeSet<>(from));
        alternatives = List.copyOf(alternatives);
    }

    /** Whether {@code event} may cause it in {@code stage}. */
    public boolean startsWith(String event, String stage) {
        return on.equals(event) && (from.isEmpty() || from.contains(stage));
    }
}
