package io.tappa.engine.simulation;

import io.tappa.engine.decision.Choice;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.simulation.ReplayReport.Kind;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.touchpoint.Touchpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Recorded decisions, decided again by another pack: what would be shown instead, to whom, and why.
 *
 * <p>Each decision stands alone: what the draft would have shown earlier is not remembered for later ones. It takes memory for the
 * rules and offers of the packs, not for the decisions added. Not for several threads.
 */
public final class Replay {
    private final PackSnapshot before;
    private final PackSnapshot draft;
    private final CarriedFacts carried;
    private final Gaps gaps;
    private final ReplayTally tally;

    /** Compares what {@code before} decided with what {@code draft} decides. */
    public Replay(PackSnapshot before, PackSnapshot draft) {
        this(before, draft, new ReplayTally(draft));
    }

    private Replay(PackSnapshot before, PackSnapshot draft, ReplayTally tally) {
        this.before = before;
        this.draft = draft;
        this.carried = new CarriedFacts(before, draft);
        this.gaps = new Gaps(before, draft, carried, tally.dependencies());
        this.tally = tally;
    }

    /** The same replay for decisions that another version made; all count in one report. */
    public Replay of(PackSnapshot other) {
        return new Replay(other, draft, tally);
    }

    /** Decides {@code recorded} by both packs. */
    public void add(Inputs recorded) {
        add(recorded, "");
    }

    /** The same; the decision is called {@code id} where it serves as an example. */
    public void add(Inputs recorded, String id) {
        add(recorded, Decider.decide(before, recorded), id);
    }

    /** The same where {@code was} is already known, which is what the pack before decides of {@code recorded}. */
    public void add(Inputs recorded, Decision was, String id) {
        tally.addDecision();
        var asked = recorded.request();
        var touchpoint = draft.touchpoints().find(asked.touchpoint().key());
        if (touchpoint == null) {
            tally.addGone(asked.touchpoint().key());
            return;
        }
        var placements = new ArrayList<Placement>();
        for (var placement : asked.placements()) {
            var same = touchpoint.placement(placement.key());
            if (same == null) {
                tally.addGone(placement.fullName());
            } else {
                placements.add(same);
            }
        }
        var request = new DecisionRequest(touchpoint, placements, asked.context(), asked.atMillis());
        var inputs = new Inputs(
                request,
                carried.of(recorded, touchpoint),
                recorded.memory(),
                recorded.consents(),
                recorded.lots(),
                recorded.around(),
                recorded.grants(),
                recorded.products().orImagined());
        compare(new Visit(id, recorded, was, inputs, Decider.decide(draft, inputs)));
    }

    /** A decision made by both packs. */
    private record Visit(String id, Inputs recorded, Decision was, Inputs carried, Decision now) {
        Touchpoint touchpoint() {
            return carried.request().touchpoint();
        }
    }

    private void compare(Visit visit) {
        var group = new ReplayTally.Group(stage(visit.recorded()), personas(visit.recorded()));
        var now = visit.now().placements().iterator();
        boolean changed = false;
        for (var was : visit.was().placements()) {
            var placement = visit.touchpoint().placement(was.placement());
            if (placement == null) {
                continue;
            }
            var pair = new ReplayTally.Pair(placement.fullName(), was, now.next());
            var kind = kind(pair.was(), pair.now());
            tally.addPlacement(pair, kind, group);
            if (kind != null) {
                changed = true;
                example(visit, pair, kind, group.stage());
            }
        }
        if (changed) {
            tally.addChangedDecision();
        }
        tally.addRules(visit.carried(), visit.now());
        tally.addGaps(gaps, new Gaps.Seen(visit.touchpoint(), visit.now()));
    }

    private void example(Visit visit, ReplayTally.Pair pair, Kind kind, String stage) {
        var drawn = new Examples.Drawn(
                kind,
                visit.id(),
                pair,
                stage,
                new Examples.Side(before, visit.recorded()),
                new Examples.Side(draft, visit.carried()));
        tally.examples().offer(drawn, carried.recorded());
    }

    private String stage(Inputs recorded) {
        var stage = before.facts().find(Vocabulary.STAGE);
        return stage == null ? "" : Objects.requireNonNullElse(recorded.facts().word(stage.index()), "");
    }

    private SortedSet<String> personas(Inputs recorded) {
        var matching = recorded.facts().words(before.personas().factIndex());
        return matching == null || matching.isEmpty() ? new TreeSet<>(Set.of("")) : matching;
    }

    /** The keys of the offers that stand there. */
    static List<String> offers(PlacementDecision decided) {
        return decided.choices().stream().map(Choice::offer).toList();
    }

    private static @Nullable Kind kind(PlacementDecision was, PlacementDecision now) {
        var from = offers(was);
        var to = offers(now);
        if (from.equals(to)) {
            return texts(was).equals(texts(now)) ? null : Kind.OTHER_TEXT;
        }
        if (from.isEmpty() || to.isEmpty()) {
            return from.isEmpty() ? Kind.APPEARS : Kind.DISAPPEARS;
        }
        if (was.fallback() != now.fallback()) {
            return now.fallback() ? Kind.FALLBACK : Kind.NO_FALLBACK;
        }
        return sorted(from).equals(sorted(to)) ? Kind.OTHER_ORDER : Kind.OTHER_OFFER;
    }

    private static List<String> texts(PlacementDecision decided) {
        return decided.choices().stream()
                .map(choice -> choice.language() + choice.content() + choice.products())
                .toList();
    }

    private static List<String> sorted(List<String> offers) {
        var sorted = new ArrayList<>(offers);
        Collections.sort(sorted);
        return sorted;
    }

    /** What came out so far. */
    public ReplayReport report() {
        return tally.report();
    }
}
