package io.tappa.engine.journey;

import io.tappa.engine.condition.Box;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A way from stage to stage.
 *
 * @param id stable name, shown in the history
 * @param on name of the event that may cause it, or null for a time-out
 * @param after the time that has to pass for a time-out, or null for a move an event causes
 * @param from stages it starts in; empty means any
 * @param alternatives conditions over the facts after the event; one of the boxes must hold
 * @param to stage it leads to, or {@value #NOWHERE}
 * @param priority 0 to 100; of several moves that match, the highest is made, then the first by id
 */
public record Move(
        String id,
        @Nullable String on,
        @Nullable After after,
        SortedSet<String> from,
        List<Box> alternatives,
        String to,
        int priority) {
    /** Where a move leads that leaves the journey, as authors write it. */
    public static final String NOWHERE = "nowhere";

    public Move {
        from = Collections.unmodifiableSortedSet(new TreeSet<>(from));
        alternatives = List.copyOf(alternatives);
    }

    /** Whether {@code event} may cause it in {@code stage}. */
    public boolean startsWith(String event, String stage) {
        return event.equals(on) && startsIn(stage);
    }

    /** Whether it may start in {@code stage}. */
    public boolean startsIn(String stage) {
        return from.isEmpty() || from.contains(stage);
    }

    /** Whether it leaves the journey. */
    public boolean leaves() {
        return to.equals(NOWHERE);
    }
}
