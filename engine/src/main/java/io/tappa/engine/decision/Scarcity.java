package io.tappa.engine.decision;

import io.tappa.engine.campaign.Budget;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What there is not enough of: budgets and codes. A declared fallback needs neither. */
final class Scarcity {
    private Scarcity() {}

    static @Nullable Verdict budget(Offer offer, @Nullable Rule rule, Scene scene) {
        var campaign = rule == null ? null : scene.campaign(offer);
        if (campaign == null || campaign.budget() == null) {
            return null;
        }
        var spent = scene.inputs().grants().spent(Claim.Kind.BUDGET, campaign.key());
        return spent == null ? null : new Verdict.BudgetUsedUp(campaign.key(), campaign.budget(), spent);
    }

    static @Nullable Verdict codes(Offer offer, @Nullable Rule rule, Scene scene) {
        var pool = offer.terms().codes();
        if (rule == null || pool == null) {
            return null;
        }
        var spent = scene.inputs().grants().spent(Claim.Kind.CODE, pool);
        return spent == null ? null : new Verdict.NoCodeLeft(pool, spent);
    }

    /** What must be reserved to show {@code offer}; a code that the visitor has is reserved. */
    static List<Claim> claims(Offer offer, Scene scene) {
        var claims = new ArrayList<Claim>();
        var campaign = scene.campaign(offer);
        var placement = scene.placement().fullName();
        if (campaign != null && campaign.budget() instanceof Budget.Times times) {
            claims.add(new Claim(Claim.Kind.BUDGET, campaign.key(), placement, offer.key(), 1, times.most()));
        }
        if (campaign != null && campaign.budget() instanceof Budget.Amount amount) {
            long cost = offer.terms().cost();
            claims.add(new Claim(Claim.Kind.BUDGET, campaign.key(), placement, offer.key(), cost, amount.minorUnits()));
        }
        var pool = offer.terms().codes();
        if (pool != null && !scene.inputs().grants().codes().containsKey(pool)) {
            long all = scene.pack().programme().codes().size(pool);
            claims.add(new Claim(Claim.Kind.CODE, pool, placement, offer.key(), 1, all));
        }
        return claims;
    }
}
