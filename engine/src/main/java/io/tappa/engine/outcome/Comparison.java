package io.tappa.engine.outcome;

import io.tappa.engine.experiment.Goal;
import io.tappa.engine.pack.PackSnapshot;
import org.jspecify.annotations.Nullable;

/** The names of comparisons, as they are remembered and counted: experiments, and campaigns against those held out. */
public final class Comparison {
    /** The table in which outcomes are counted. */
    public static final String TABLE = "outcomes";
    /** Arm of those who were shown an offer of a campaign. */
    public static final String SHOWN = "shown";
    /** Arm of those from whom it was held back. */
    public static final String HELD_OUT = "held-out";
    /** How many people. */
    public static final String PEOPLE = "people";
    /** How many of them reached the goal. */
    public static final String REACHED = "reached";
    /** What that was worth, in minor units of the currency. */
    public static final String VALUE = "value";
    /** The squares of what each was worth, summed: how many times {@link #SQUARE_UNIT}. */
    public static final String SQUARES = "squares";
    /** The rest of the squares. */
    public static final String SQUARES_REST = "squares-rest";
    /** One counter alone could not hold the squares of all people. */
    public static final long SQUARE_UNIT = 1_000_000_000L;

    private static final String EXPERIMENT = "experiment ";
    private static final String CAMPAIGN = "campaign ";

    private Comparison() {}

    /** The comparison of an experiment's variations. */
    public static String ofExperiment(String key) {
        return EXPERIMENT + key;
    }

    /** The comparison of those who saw a campaign with those held out. */
    public static String ofCampaign(String key) {
        return CAMPAIGN + key;
    }

    /** The counter of {@code figure} of one arm. */
    public static String counter(String comparison, String arm, String figure) {
        return comparison + "|" + arm + "|" + figure;
    }

    /** What the comparison hopes for, or null. */
    static @Nullable Goal goal(PackSnapshot pack, String comparison) {
        if (comparison.startsWith(EXPERIMENT)) {
            var experiment = pack.programme().experiments().find(comparison.substring(EXPERIMENT.length()));
            return experiment == null ? null : experiment.treatment().goal();
        }
        var campaign = pack.programme().campaigns().find(comparison.substring(CAMPAIGN.length()));
        return campaign == null ? null : campaign.goal();
    }
}
