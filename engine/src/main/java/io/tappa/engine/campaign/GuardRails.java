package io.tappa.engine.campaign;

import org.jspecify.annotations.Nullable;

/**
 * When a campaign is looked after by itself, since something seems to go wrong. At least one of the limits is given.
 *
 * @param displaysInPercentOfForecast displays from which on, in percent of those foreseen for the same while, at least
 *     100; null for no limit
 * @param budgetInHundredthsOfPercent the part of the campaign's budget from which on, 1 to 10,000; null for no limit
 * @param errorsInHundredthsOfPercent the part of decisions that were made in trouble from which on, 1 to 10,000; null for
 *     no limit
 * @param then what happens
 */
public record GuardRails(
        @Nullable Integer displaysInPercentOfForecast,
        @Nullable Integer budgetInHundredthsOfPercent,
        @Nullable Integer errorsInHundredthsOfPercent,
        Then then) {
    /** The forecast itself, in percent. */
    public static final int FORECAST = 100;
    /** All of something, in hundredths of a percent. */
    public static final int ALL = 10_000;

    /** What happens when a limit is reached. */
    public enum Then {
        /** The campaign shows nothing more until somebody ends the pause. */
        PAUSE,
        /** The owner is told. */
        WARN
    }

    public GuardRails {
        if (displaysInPercentOfForecast == null
                && budgetInHundredthsOfPercent == null
                && errorsInHundredthsOfPercent == null) {
            throw new IllegalArgumentException("""
                    displays, budget and errors are all null, so that nothing is looked after.
                    Maybe the campaign needs no guard rails.""");
        }
        check("displaysInPercentOfForecast", displaysInPercentOfForecast, FORECAST, Integer.MAX_VALUE);
        check("budgetInHundredthsOfPercent", budgetInHundredthsOfPercent, 1, ALL);
        check("errorsInHundredthsOfPercent", errorsInHundredthsOfPercent, 1, ALL);
    }

    private static void check(String name, @Nullable Integer value, int low, int high) {
        if (value != null && (value < low || value > high)) {
            throw new IllegalArgumentException("""
                    %s (%d) must be %d to %d.
                    Maybe it is meant in another unit.""".formatted(name, value, low, high));
        }
    }
}
