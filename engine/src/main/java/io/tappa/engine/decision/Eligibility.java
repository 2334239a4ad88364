package io.tappa.engine.decision;

import io.tappa.engine.offer.Offer;
import io.tappa.engine.rule.Outcome.NeverShow;
import io.tappa.engine.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
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

    /** An offer that belongs to campaigns is on only while one of them is. */
    static @Nullable Verdict campaignDates(Offer offer, @Nullable Rule rule, Scene scene) {
        var campaigns = scene.pack().programme().campaigns().of(offer.key());
        return campaigns.isEmpty() || scene.campaign(offer) != null
                ? null
                : new Verdict.CampaignNotOpen(campaigns, scene.nowMillis());
    }

    static @Nullable Verdict hours(Offer offer, @Nullable Rule rule, Scene scene) {
        var campaign = scene.campaign(offer);
        var ofCampaign = campaign == null ? null : campaign.hours();
        if (offer.terms().hours() == null && ofCampaign == null) {
            return null;
        }
        var local = scene.now().atZone(scene.zone());
        return Stream.of(offer.terms().hours(), ofCampaign).anyMatch(hours -> hours != null && !hours.isOpen(local))
                ? new Verdict.HoursOver(offer.terms().hours(), ofCampaign, local)
                : null;
    }

    static @Nullable Verdict segment(Offer offer, @Nullable Rule rule, Scene scene) {
        var campaign = scene.campaign(offer);
        if (offer.terms().segment() == null && campaign == null) {
            return null;
        }
        var wanted = new ArrayList<String>();
        if (offer.terms().segment() != null) {
            wanted.add(offer.terms().segment());
        }
        if (campaign != null && campaign.segment() != null) {
            wanted.add(campaign.segment());
        }
        if (!wanted.isEmpty()) {
            var matching = scene.inputs().facts().words(scene.pack().segments().factIndex());
            for (var segment : wanted) {
                if (matching == null || !matching.contains(segment)) {
                    return notIn(segment, scene);
                }
            }
        }
        return null;
    }

    private static Verdict notIn(String name, Scene scene) {
        var segment = scene.pack().segments().find(name);
        return new Verdict.NotInSegment(
                name, segment == null ? List.of() : scene.visitor().misses(segment.alternatives()));
    }

    static @Nullable Verdict stock(Offer offer, @Nullable Rule rule, Scene scene) {
        if (offer.terms().products().isEmpty()
                || scene.inputs().around().soldOut().isEmpty()) {
            return null;
        }
        var soldOut = new TreeSet<>(offer.terms().products());
        soldOut.retainAll(scene.inputs().around().soldOut());
        return soldOut.isEmpty() ? null : new Verdict.SoldOut(soldOut.first());
    }

    static @Nullable Verdict neverShow(Offer offer, @Nullable Rule rule, Scene scene) {
        var keepers = scene.keepingAway().stream()
                .filter(other -> other.outcome() instanceof NeverShow never && never.names(offer, scene.channel()))
                .toList();
        return keepers.isEmpty() ? null : new Verdict.KeptAway(keepers, scene.visitor());
    }

    static @Nullable Verdict paused(Offer offer, @Nullable Rule rule, Scene scene) {
        if (scene.inputs().around().pauses().byWhat().isEmpty()) {
            return null;
        }
        var campaign = scene.campaign(offer);
        var pause = scene.inputs()
                .around()
                .pauses()
                .holding(
                        rule == null ? null : rule.id(),
                        offer.key(),
                        campaign == null ? List.of() : List.of(campaign.key()),
                        scene.channel(),
                        scene.nowMillis());
        return pause == null ? null : new Verdict.Paused(pause);
    }

    static @Nullable Verdict content(Offer offer, @Nullable Rule rule, Scene scene) {
        if (!scene.contents().canShow(offer, scene.placement())) {
            return new Verdict.NoContent(offer.key(), scene.contents().unknownIn(offer));
        }
        var lacking = scene.contents().lacking(offer, scene.placement(), scene.products());
        return lacking == null ? null : new Verdict.NoProducts(lacking.list(), lacking.found(), lacking.fewest());
    }

    static @Nullable Verdict alreadyOnPage(Offer offer, @Nullable Rule rule, Scene scene) {
        var elsewhere = scene.placedAt().get(offer.key());
        return elsewhere == null ? null : new Verdict.AlreadyOnPage(elsewhere);
    }
}
