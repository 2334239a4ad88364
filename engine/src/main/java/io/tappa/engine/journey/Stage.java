package io.tappa.engine.journey;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A place in a journey.
 *
 * @param key its name
 * @param goal what should happen in it, in words, or null
 * @param within how soon the goal should be reached, or null
 * @param ends whether people may stay in it for good
 */
public record Stage(
        String key, @Nullable String goal, @Nullable Duration within, boolean ends) {}
