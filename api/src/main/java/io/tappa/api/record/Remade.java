package io.tappa.api.record;

import io.tappa.engine.decision.Decision;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.pack.PackSnapshot;

/**
 * A recorded decision that was made once more.
 *
 * @param recorded what was written down
 * @param pack the version of the pack that decided, then and now
 * @param inputs what it depended on
 * @param decision what comes out
 */
public record Remade(Recorded recorded, PackSnapshot pack, Inputs inputs, Decision decision) {
    /** Whether the same comes out as then, to the byte. */
    public boolean isSame() {
        return recorded.digest().equals(decision.digest());
    }
}
