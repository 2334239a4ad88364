package io.tappa.engine.decision;

import io.tappa.engine.arbitration.Propensities;
import io.tappa.engine.pause.Pauses;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is the same for everybody at a moment, and may be another thing at the next.
 *
 * @param pauses what is not shown for a while
 * @param propensities how likely a yes is
 * @param soldOut ids of products that are not in stock, of those that offers ask for
 */
public record Surroundings(Pauses pauses, Propensities propensities, SortedSet<String> soldOut) {
    /** An ordinary day. */
    public static final Surroundings NONE = new Surroundings(Pauses.NONE, Propensities.NONE, new TreeSet<>());

    public Surroundings {
        soldOut = Collections.unmodifiableSortedSet(new TreeSet<>(soldOut));
    }
}
