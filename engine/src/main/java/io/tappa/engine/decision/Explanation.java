package io.tappa.engine.decision;

import io.tappa.engine.arbitration.Candidate;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.touchpoint.Placement;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** What would have been possible: the rules of a placement that do not match, nearest first. */
public final class Explanation {
    private static final Comparator<Judged> NEAREST_FIRST = Comparator.comparingInt((Judged judged) ->
                    ((Verdict.NotMatched) judged.verdict()).misses().size())
            .thenComparing(judged -> judged.candidate().rule(), Rule.BEST_FIRST);

    private Explanation() {}

    /** The candidates that {@code placement} might have had, each with the conditions that the visitor misses. */
    public static List<Judged> missed(PackSnapshot pack, FactValues facts, Placement placement) {
        return pack.decisions().rules().stream()
                .filter(rule -> rule.outcome() instanceof Show show
                        && show.placements().contains(placement.fullName())
                        && pack.offers().find(show.offer()) != null
                        && rule.alternatives().stream().noneMatch(box -> box.holds(facts)))
                .map(rule -> missed(pack, facts, rule))
                .sorted(NEAREST_FIRST)
                .toList();
    }

    private static Judged missed(PackSnapshot pack, FactValues facts, Rule rule) {
        var offer = Objects.requireNonNull(pack.offers().find(((Show) rule.outcome()).offer()));
        return new Judged(
                new Candidate(rule, offer),
                new Verdict.NotMatched(rule, new Nearest(pack.facts(), facts).misses(rule)));
    }
}
