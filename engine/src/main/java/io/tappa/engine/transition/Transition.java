package io.tappa.engine.transition;

import io.tappa.engine.visitor.RecentEvent;
import io.tappa.engine.visitor.SeenEvents.Seen;
import io.tappa.engine.visitor.VisitorState;
import java.util.List;

/**
 * What to write after some events of one visitor.
 *
 * @param state the new state, when ended what is left of it; the very same value as before when every event was a duplicate
 * @param receptions what became of each event, in the order given
 * @param counts how the journey counters change
 * @param settled events that left the window and silences that nothing can break any more: their moves are final
 * @param spilled event ids that no longer fit the state and must be remembered beside it
 * @param ended whether the visitor is to be forgotten altogether, or nobody to be remembered at all, for want of consent
 */
public record Transition(
        VisitorState state,
        List<Reception> receptions,
        StageCounts counts,
        List<RecentEvent> settled,
        List<Seen> spilled,
        boolean ended) {
    public Transition {
        receptions = List.copyOf(receptions);
        settled = List.copyOf(settled);
        spilled = List.copyOf(spilled);
    }

    /** The same with another state. */
    public Transition with(VisitorState other) {
        return new Transition(other, receptions, counts, settled, spilled, ended);
    }
}
