package io.tappa.engine.pack;

import io.tappa.engine.campaign.Campaigns;
import io.tappa.engine.campaign.HoldBack;
import io.tappa.engine.experiment.Experiments;
import io.tappa.engine.offer.CodePools;
import org.jspecify.annotations.Nullable;

/**
 * What is on for a while.
 *
 * @param campaigns the campaigns, ended and coming ones among them
 * @param experiments the experiments, ended and coming ones among them
 * @param holdBack from whom everything is kept but what they must hear, or null for nobody
 * @param codes what is given once, one to a person
 */
public record Programme(
        Campaigns campaigns,
        Experiments experiments,
        @Nullable HoldBack holdBack,
        CodePools codes) {
    /** Nothing at all. */
    public static final Programme NONE = new Programme(Campaigns.NONE, Experiments.NONE, null, CodePools.NONE);
}
