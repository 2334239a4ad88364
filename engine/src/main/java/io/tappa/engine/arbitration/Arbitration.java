package io.tappa.engine.arbitration;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Choosing among offers that all may be shown.
 *
 * <p>Priority is strict. Among equals the more valuable offer comes first; the last word has the offer's key, then the
 * rule's id, so that the order is total and a decision can be replayed. Unit of value: minor units of the currency per
 * yes.
 */
public final class Arbitration {
    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparingInt(
                    (Candidate candidate) -> candidate.rule().priority())
            .thenComparingLong(candidate -> candidate.offer().valueCents())
            .reversed()
            .thenComparing(candidate -> candidate.offer().key())
            .thenComparing(candidate -> candidate.rule().id());

    private Arbitration() {}

    /** The candidates, best first. */
    public static List<Candidate> ranked(Collection<Candidate> candidates) {
        return candidates.stream().sorted(BEST_FIRST).toList();
    }
}
