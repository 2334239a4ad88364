package io.tappa.engine.decision;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.pack.PackSettings;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.touchpoint.Placement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of one offer in one decision. Of several rules that show it, and of several placements, the one counts that
 * brought it furthest.
 *
 * @param atMillis the moment of the decision, in milliseconds since 1970
 * @param lost the first step it lost at, or null where it was shown
 * @param facts those of the visitor
 * @param settings of the pack that decided
 */
public record Fate(long atMillis, @Nullable Verdict lost, FactValues facts, PackSettings settings) {
    /** The fate of {@code offer}; null where no rule shows it at one of the placements that were asked for, and it was not shown. */
    public static @Nullable Fate of(PackSnapshot pack, Inputs inputs, Decision decision, String offer) {
        Fate furthest = null;
        for (var decided : decision.placements()) {
            if (decided.choices().stream().anyMatch(choice -> choice.offer().equals(offer))) {
                return of(pack, inputs, null);
            }
            var placement = inputs.request().touchpoint().placement(decided.placement());
            var verdicts = Stream.concat(
                            judged(decided, offer),
                            placement == null ? Stream.of() : missed(pack, inputs, placement, offer))
                    .toList();
            for (var verdict : verdicts) {
                var fate = of(pack, inputs, verdict);
                furthest = furthest == null ? fate : furthest.orFurther(fate);
            }
        }
        return furthest;
    }

    private static Fate of(PackSnapshot pack, Inputs inputs, @Nullable Verdict lost) {
        return new Fate(inputs.request().atMillis(), lost, inputs.facts(), pack.settings());
    }

    private static Stream<Verdict> judged(PlacementDecision decided, String offer) {
        return decided.judged().stream()
                .filter(judged -> judged.candidate().offer().key().equals(offer))
                .map(Judged::verdict);
    }

    private static Stream<Verdict> missed(PackSnapshot pack, Inputs inputs, Placement placement, String offer) {
        var nearest = new Nearest(pack.facts(), inputs.facts());
        return showing(pack, offer)
                .filter(rule -> ((Show) rule.outcome()).placements().contains(placement.fullName()))
                .filter(rule -> rule.alternatives().stream().noneMatch(box -> box.holds(inputs.facts())))
                .sorted(Rule.BEST_FIRST)
                .map(rule -> new Verdict.NotMatched(rule, nearest.misses(rule)));
    }

    private static Stream<Rule> showing(PackSnapshot pack, String offer) {
        return pack.decisions().rules().stream()
                .filter(rule ->
                        rule.outcome() instanceof Show show && show.offer().equals(offer));
    }

    /** Full names of the placements where a rule of {@code pack} shows {@code offer}, in the order of their names. */
    public static List<String> placements(PackSnapshot pack, String offer) {
        return showing(pack, offer)
                .map(rule -> ((Show) rule.outcome()).placements())
                .flatMap(placements -> placements.stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether the visitor got to see it. */
    public boolean isShown() {
        return lost == null;
    }

    /** This one, or {@code other} where the offer came further. */
    public Fate orFurther(Fate other) {
        if (lost == null || other.lost == null) {
            return lost == null ? this : other;
        }
        int further = Steps.place(Steps.of(other.lost)) - Steps.place(Steps.of(lost));
        return further > 0 || (further == 0 && other.isNearer(this)) ? other : this;
    }

    /** Whether it missed the conditions of its rules by less than {@code other} did. */
    boolean isNearer(Fate other) {
        return lost instanceof Verdict.NotMatched own
                && other.lost instanceof Verdict.NotMatched others
                && Nearest.isNearer(own.misses(), others.misses());
    }

    /** The facts that would have to be others for the nearest rule, each once, in the order of the catalogue; empty unless no rule matched. */
    List<Fact> missing() {
        return lost instanceof Verdict.NotMatched missed
                ? missed.misses().stream()
                        .map(miss -> miss.condition().fact())
                        .distinct()
                        .sorted(Comparator.comparingInt(Fact::index))
                        .toList()
                : List.of();
    }

    /** The offer that stands there in its place, or null where it did not lose to one. */
    @Nullable
    String winner() {
        if (lost instanceof Verdict.Outranked outranked) {
            return outranked.by().candidate().offer().key();
        }
        return lost instanceof Verdict.NotYet kept ? kept.offer() : null;
    }
}
