package io.tappa.engine.decision;

import io.tappa.engine.arbitration.Arbitration.Ranked;
import io.tappa.engine.arbitration.Candidate;
import io.tappa.engine.campaign.HoldBack.Shows;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.OfferTerms.Kind;
import io.tappa.engine.pack.Lots;
import io.tappa.engine.pack.Programme;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.visitor.Memory.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One placement while it is being filled: one slot, or as many as a list has. */
final class Slots {
    /** Somebody who comes back within this time need not be noted again. */
    private static final long NOT_WORTH_A_WRITE = 60_000;

    private final Page page;
    /** What was known before anything was put here. */
    private final Scene before;

    private final @Nullable Kept kept;
    private final List<Choice> choices = new ArrayList<>();
    private final List<Judged> judged = new ArrayList<>();
    /** What those are shown from whom a winner is held back, each in place of one choice. */
    private final List<Shows> heldBack = new ArrayList<>();

    /** What is known with all that was put here so far. */
    private Scene now;

    private @Nullable Verdict why;
    private @Nullable Ranked last;

    Slots(Page page, Scene before) {
        this.page = page;
        this.before = before;
        this.now = before;
        this.kept = kept(before);
    }

    private static @Nullable Kept kept(Scene scene) {
        var placement = scene.placement();
        var kept = placement.keep() == null ? null : scene.memory().kept().get(placement.fullName());
        return kept != null && kept.untilMillis() > scene.nowMillis() ? kept : null;
    }

    /**
     * Fills the placement from {@code ranked}. Of a list, those that follow are judged by what stands there already, too; once
     * it is full, the rest by what was known before.
     */
    PlacementDecision fill(List<Ranked> ranked) {
        for (var candidate : inOrder(ranked)) {
            judge(candidate);
        }
        if (choices.isEmpty()) {
            var reason = why != null
                    ? why
                    : judged.isEmpty() ? new Verdict.NoRule() : judged.get(0).verdict();
            return heldBack.contains(Shows.NOTHING) && !heldBack.contains(Shows.FALLBACK)
                    ? Page.nothing(before, reason, judged)
                    : page.fallback(before, reason, judged);
        }
        keep();
        return new PlacementDecision(
                before.placement().key(),
                before.channel(),
                choices,
                Objects.requireNonNull(why),
                false,
                before.variations(),
                judged);
    }

    /** What is kept comes first, in the order in which it stood there, each by its best rule. */
    private List<Ranked> inOrder(List<Ranked> ranked) {
        if (kept == null) {
            return ranked;
        }
        var all = new ArrayList<Ranked>();
        for (var offer : kept.offers()) {
            ranked.stream()
                    .filter(one -> one.candidate().offer().key().equals(offer))
                    .findFirst()
                    .ifPresent(all::add);
        }
        ranked.stream().filter(one -> !all.contains(one)).forEach(all::add);
        return all;
    }

    private boolean isKept(Offer offer) {
        return kept != null && kept.offers().contains(offer.key());
    }

    private void judge(Ranked ranked) {
        var candidate = ranked.candidate();
        if (choices.size() + heldBack.size() == before.placement().count()) {
            judged.add(new Judged(candidate, () -> tooLate(ranked)));
            return;
        }
        var scene = now;
        var lost = Filter.firstLost(candidate.offer(), candidate.rule(), scene, isKept(candidate.offer()));
        if (lost == null) {
            lost = heldOut(candidate.offer());
        }
        if (lost instanceof Verdict.HeldOut held && held.shows() != Shows.NEXT_BEST) {
            heldBack.add(held.shows());
            why = why == null ? lost : why;
            last = ranked;
        }
        if (lost == null) {
            last = ranked;
            take(candidate, scene);
        } else {
            judged.add(new Judged(candidate, lost));
        }
    }

    /** What a candidate would have lost at anyway, else to whom. */
    private Verdict tooLate(Ranked own) {
        var candidate = own.candidate();
        var lost = Filter.firstLost(candidate.offer(), candidate.rule(), before, isKept(candidate.offer()));
        return lost == null ? outranked(own) : lost;
    }

    private Verdict outranked(Ranked own) {
        var by = Objects.requireNonNull(last);
        var offer = by.candidate().offer();
        return kept != null && isKept(offer)
                ? new Verdict.NotYet(offer.key(), kept.untilMillis())
                : new Verdict.Outranked(by, own, before.pack().settings().arbitration());
    }

    /** From whom this offer is kept, to see what it brings; not from those who must hear it. */
    private Verdict.@Nullable HeldOut heldOut(Offer offer) {
        var lots = before.inputs().lots().heldBack();
        if (lots.isEmpty() || offer.terms().kind() != Kind.DEFAULT) {
            return null;
        }
        var programme = before.pack().programme();
        var campaign = before.campaign(offer);
        if (campaign != null && campaign.holdBack() != null && lots.contains(campaign.key())) {
            return new Verdict.HeldOut(campaign.key(), campaign.holdBack().shows());
        }
        return lots.contains(Lots.EVERYTHING) ? ofEverything(programme) : null;
    }

    private static Verdict.@Nullable HeldOut ofEverything(Programme programme) {
        var holdBack = programme.holdBack();
        return holdBack == null ? null : new Verdict.HeldOut(null, holdBack.shows());
    }

    /** The winner, or what an experiment shows in its place, where that may be shown. */
    private void take(Candidate winner, Scene scene) {
        var replaced = replaced(winner.rule(), scene);
        var offer = replaced == null ? winner.offer() : replacement(replaced, scene);
        if (replaced != null) {
            judged.add(new Judged(winner, replaced));
        }
        choices.add(page.take(offer, winner.rule(), scene, !isKept(offer)));
        now = page.scene(before.placement());
        var chosen = new Verdict.Chosen(winner.rule());
        judged.add(new Judged(new Candidate(winner.rule(), offer), chosen));
        why = why == null ? (replaced == null ? chosen : replaced) : why;
    }

    private Verdict.@Nullable Replaced replaced(Rule rule, Scene scene) {
        var placement = scene.placement().fullName();
        for (var experiment : scene.pack().programme().experiments().at(placement)) {
            var variation = scene.inputs().lots().variations().get(experiment.key());
            var key = variation == null ? null : experiment.replacement(placement, variation);
            var offer = key == null ? null : scene.pack().offers().find(key);
            if (variation != null && offer != null && Filter.firstLost(offer, rule, scene, isKept(offer)) == null) {
                return new Verdict.Replaced(experiment.key(), variation, offer.key());
            }
        }
        return null;
    }

    private static Offer replacement(Verdict.Replaced replaced, Scene scene) {
        return Objects.requireNonNull(scene.pack().offers().find(replaced.offer()));
    }

    private void keep() {
        var keep = before.placement().keep();
        if (keep == null) {
            return;
        }
        var offers = choices.stream().map(Choice::offer).toList();
        long until = before.nowMillis() + keep.length().toMillis();
        boolean stays = kept != null
                && kept.offers().equals(offers)
                && (!keep.prolonged() || until - kept.untilMillis() <= NOT_WORTH_A_WRITE);
        if (!stays) {
            page.keep(before.placement(), new Kept(offers, until));
        }
    }
}
