package io.tappa.api.guard;

import io.tappa.engine.campaign.Campaign;
import java.util.Locale;

/**
 * How one guard rail of a campaign stands.
 *
 * @param campaign the campaign, which is on
 * @param rail which of its limits
 * @param tripped whether the limit is reached
 * @param sentence the figures in plain words
 */
record Reading(Campaign campaign, Rail rail, boolean tripped, String sentence) {
    /** What is looked after. */
    enum Rail {
        DISPLAYS,
        BUDGET,
        ERRORS;

        /** The author's word for it. */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
