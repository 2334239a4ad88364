package io.tappa.engine.experiment;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign or an experiment wants people to do.
 *
 * @param event name of the event that reaches it
 * @param within how long after somebody was shown something the event still counts
 * @param measure path of the event's value that is added up, such as {@code total}; null where only reaching it counts
 */
public record Goal(String event, Duration within, @Nullable String measure) {
    public Goal {
        if (event.isBlank() || (measure != null && measure.isBlank())) {
            throw new IllegalArgumentException("""
                    event (%s) and measure (%s) of a goal must have a character that can be seen.
                    Maybe leave the measure out.""".formatted(event, measure));
        }
        if (within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException("""
                    within (%s) of the goal %s must be more than no time.
                    Maybe it is meant in days: Duration.ofDays.""".formatted(within, event));
        }
    }
}
