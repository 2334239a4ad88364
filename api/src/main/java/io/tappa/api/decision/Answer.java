package io.tappa.api.decision;

import io.tappa.api.lists.FoundProducts;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.visitor.Positions;
import java.util.List;

/**
 * A decision that was made.
 *
 * @param id names it: a UUID of version 7 and the visitor's shard
 * @param positions where the visitor is
 * @param facts what rules saw
 * @param decision what to show
 * @param products what was found for lists of products
 * @param degraded what is not as it should be, empty when all is well
 */
record Answer(
        String id,
        Positions positions,
        FactValues facts,
        Decision decision,
        FoundProducts products,
        List<String> degraded) {
    Answer {
        degraded = List.copyOf(degraded);
    }
}
