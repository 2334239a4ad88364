package io.tappa.engine.touchpoint;

import java.time.Duration;

/**
 * How long what was shown stays where it stands, though something better may come.
 *
 * @param length for how long
 * @param prolonged whether the time begins anew with each time it is asked for, as in a visit
 */
public record Keep(Duration length, boolean prolonged) {
    /** As long as the visitor comes back within half an hour. */
    public static final Keep VISIT = new Keep(Duration.ofMinutes(30), true);
}
