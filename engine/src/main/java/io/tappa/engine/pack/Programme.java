package io.tappa.engine.pack;

import io.tappa.engine.campaign.Campaigns;
import io.tappa.engine.experiment.Experiments;

/**
 * What is on for a while.
 *
 * @param campaigns the campaigns, ended and coming ones among them
 * @param experiments the experiments, ended and coming ones among them
 */
public record Programme(Campaigns campaigns, Experiments experiments) {
    /** Nothing at all. */
    public static final Programme NONE = new Programme(Campaigns.NONE, Experiments.NONE);
}
