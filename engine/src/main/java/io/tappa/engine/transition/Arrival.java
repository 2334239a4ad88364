package io.tappa.engine.transition;

import io.tappa.engine.event.VisitorEvent;
import java.util.List;
import java.util.Set;

/**
 * Events of one visitor as they arrive.
 *
 * @param events what happened, in the order given
 * @param nowMillis when they arrived, in milliseconds since 1970
 * @param seenElsewhere hashes of those that were counted before, as far as the state no longer knows
 * @param erasedMillis events up to this moment stay out, in milliseconds since 1970; 0 if none
 */
public record Arrival(List<VisitorEvent> events, long nowMillis, Set<Long> seenElsewhere, long erasedMillis) {
    public Arrival {
        events = List.copyOf(events);
        seenElsewhere = Set.copyOf(seenElsewhere);
    }
}
