package io.tappa.engine.transition;

import io.tappa.engine.visitor.SeenEvents.Seen;
import io.tappa.engine.visitor.VisitorState;
import java.util.List;

/**
 * What to write after some events of one visitor.
 *
 * @param state the new state; the very same value as before when every event was a duplicate
 * @param receptions what became of each event, in the order given
 * @param counts how the journey counters change
 * @param spilled event ids that no longer fit the state and must be remembered beside it
 */
public record Transition(VisitorState state, List<Reception> receptions, StageCounts counts, List<Seen> spilled) {
    public Transition {
        receptions = List.copyOf(receptions);
        spilled = List.copyOf(spilled);
    }
}
