package io.tappa.engine.pack;

import io.tappa.engine.campaign.Budget;
import io.tappa.engine.campaign.Campaign;
import io.tappa.engine.campaign.Campaigns;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.touchpoint.Placement;

/** Can budgets and codes be kept to? */
final class ScarcityCheck {
    private ScarcityCheck() {}

    static void check(Campaigns campaigns, Vocabulary words, Problems problems) {
        for (var touchpoint : words.touchpoints().all()) {
            for (var placement : touchpoint.placements()) {
                var offer = placement.fallback() == null ? null : words.offers().find(placement.fallback());
                if (offer != null) {
                    checkFallback(campaigns, placement, offer, problems);
                }
            }
        }
        for (var campaign : campaigns.all()) {
            if (campaign.budget() instanceof Budget.Amount) {
                campaign.offers().stream()
                        .map(words.offers()::find)
                        .filter(offer -> offer != null && offer.terms().cost() == 0)
                        .forEach(offer -> missesCost(campaign, offer, problems));
            }
        }
    }

    /** A fallback is shown when nothing can be reserved, so nothing may have to be. */
    private static void checkFallback(Campaigns campaigns, Placement placement, Offer offer, Problems problems) {
        var budget = campaigns.of(offer.key()).stream()
                .filter(campaign -> campaign.budget() != null)
                .findFirst();
        if (budget.isPresent() || offer.terms().codes() != null) {
            problems.error(
                    "scarce-fallback",
                    Place.file("touchpoints.yaml"),
                    budget.map(campaign -> "The fallback \"%s\" of %s belongs to the campaign %s, which has a budget."
                                    .formatted(offer.key(), placement.fullName(), campaign.key()))
                            .orElse("The fallback \"%s\" of %s gives codes."
                                    .formatted(offer.key(), placement.fullName())),
                    "Take another fallback: it is shown when nothing can be counted.");
        }
    }

    private static void missesCost(Campaign campaign, Offer offer, Problems problems) {
        problems.error(
                "missing-cost",
                Place.file("offers.yaml").inside(offer.key()),
                "The campaign %s has a budget in money, but the offer \"%s\" has no cost."
                        .formatted(campaign.key(), offer.key()),
                "Add a line \"cost: 0.50\" to the offer: what each display costs; or write the budget as a number of displays.");
    }
}
