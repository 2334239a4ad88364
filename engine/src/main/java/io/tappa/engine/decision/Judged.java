package io.tappa.engine.decision;

import io.tappa.engine.arbitration.Candidate;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A candidate and what became of it; of one whose turn came when all places were taken, that is worked out when it is asked for. */
public final class Judged {
    private final Candidate candidate;
    private final @Nullable Supplier<Verdict> judge;
    private @Nullable Verdict verdict;

    /** A candidate that was judged. */
    public Judged(Candidate candidate, Verdict verdict) {
        this.candidate = candidate;
        this.judge = null;
        this.verdict = verdict;
    }

    /** A candidate whose turn came too late; {@code judge} always answers the same. */
    Judged(Candidate candidate, Supplier<Verdict> judge) {
        this.candidate = candidate;
        this.judge = judge;
    }

    /** The candidate. */
    public Candidate candidate() {
        return candidate;
    }

    /** Chosen, or why not. */
    public Verdict verdict() {
        var known = verdict;
        if (known == null) {
            known = Objects.requireNonNull(judge).get();
            verdict = known;
        }
        return known;
    }

    /** Whether all places were taken by better ones, so that nothing depended on it. */
    public boolean cameTooLate() {
        return judge != null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Judged judged
                && judged.candidate.equals(candidate)
                && judged.verdict().equals(verdict());
    }

    @Override
    public int hashCode() {
        return Objects.hash(candidate, verdict());
    }

    @Override
    public String toString() {
        return candidate + ": " + verdict();
    }
}
