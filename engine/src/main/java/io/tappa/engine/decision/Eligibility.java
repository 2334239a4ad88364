package io.tappa.engine.decision;

import io.tappa.engine.offer.Offer;
import io.tappa.engine.rule.Outcome.NeverShow;
import io.tappa.engine.rule.Rule;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether an offer may be presented at all, to this visitor, here and now. */
final class Eligibility {
    private Eligibility() {}

    static @Nullable Verdict ruleDates(Offer offer, @Nullable Rule rule, Scene scene) {
        return rule == null || rule.isOpen(scene.nowMillis()) ? null : new Verdict.RuleNotOpen(rule, scene.nowMillis());
    }

    static @Nullable Verdict offerDates(Offer offer, @Nullable Rule rule, Scene scene) {
        return offer.isOpen(scene.nowMillis()) ? null : new Verdict.OfferNotOpen(offer, scene.nowMillis());
    }

    static @Nullable Verdict segment(Offer offer, @Nullable Rule rule, Scene scene) {
        var wanted = offer.terms().segment();
        if (wanted == null) {
            return null;
        }
        var segments = scene.pack().segments();
        var matching = scene.inputs().facts().words(segments.factIndex());
        if (matching != null && matching.contains(wanted)) {
            return null;
        }
        var segment = segments.find(wanted);
        return new Verdict.NotInSegment(
                wanted, segment == null ? List.of() : scene.visitor().misses(segment.alternatives()));
    }

    static @Nullable Verdict stock(Offer offer, @Nullable Rule rule, Scene scene) {
        var soldOut = new TreeSet<>(offer.terms().products());
        soldOut.retainAll(scene.inputs().around().soldOut());
        return soldOut.isEmpty() ? null : new Verdict.SoldOut(soldOut.first());
    }

    static @Nullable Verdict neverShow(Offer offer, @Nullable Rule rule, Scene scene) {
        var keepers = scene.keepingAway().stream()
                .filter(other -> other.outcome() instanceof NeverShow never && keepsAway(never, offer, scene.channel()))
                .toList();
        return keepers.isEmpty() ? null : new Verdict.KeptAway(keepers, scene.visitor());
    }

    private static boolean keepsAway(NeverShow never, Offer offer, String channel) {
        return switch (never.what()) {
            case OFFER -> never.key().equals(offer.key());
            case GROUP -> never.key().equals(offer.group());
            case CHANNEL -> never.key().equals(channel);
        };
    }

    static @Nullable Verdict content(Offer offer, @Nullable Rule rule, Scene scene) {
        return scene.contents().canShow(offer, scene.placement())
                ? null
                : new Verdict.NoContent(offer.key(), scene.contents().unknownIn(offer));
    }

    static @Nullable Verdict alreadyOnPage(Offer offer, @Nullable Rule rule, Scene scene) {
        var elsewhere = scene.placedAt().get(offer.key());
        return elsewhere == null ? null : new Verdict.AlreadyOnPage(elsewhere);
    }
}
