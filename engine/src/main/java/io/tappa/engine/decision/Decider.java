package io.tappa.engine.decision;

import io.tappa.engine.pack.PackSnapshot;
import java.util.Collections;
import java.util.SortedMap;

/**
 * Decides: candidates from the rules, filters, arbitration, placement, holdout, fallback.
 *
 * <p>A pure function: the same pack and inputs give the same decision.
 */
public final class Decider {
    private Decider() {}

    /** What to show at each placement of the request. */
    public static Decision decide(PackSnapshot pack, Inputs inputs) {
        return decide(pack, inputs, Collections.emptySortedMap());
    }

    /** The same, but for the placements in {@code forced}, by their full names: there that offer is shown, whatever is against it. */
    public static Decision decide(PackSnapshot pack, Inputs inputs, SortedMap<String, String> forced) {
        return new Page(pack, inputs).decide(forced);
    }

    /** The declared fallbacks only, for when nothing is known of the visitor in time; what must never be shown is not. */
    public static Decision fallback(PackSnapshot pack, Inputs inputs, String reason) {
        return new Page(pack, inputs).fallback(new Verdict.Degraded(reason));
    }
}
