package io.tappa.engine.fact;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What holds around a visitor when facts are read, apart from the visitor's own history.
 *
 * @param nowMillis the moment, in milliseconds since 1970
 * @param event name of the event being judged, or null for a decision
 * @param touchpoint key of the touchpoint asked for, or null for an event
 * @param context values of the request's context
 * @param stages where the visitor is, by journey
 * @param news what happened to products lately; none for moves, which must come out the same whenever they are made
 */
public record Circumstances(
        long nowMillis,
        @Nullable String event,
        @Nullable String touchpoint,
        SortedMap<String, String> context,
        SortedMap<String, InStage> stages,
        ProductNews news) {
    /** Nothing but a moment. */
    public static Circumstances at(long nowMillis) {
        return new Circumstances(
                nowMillis, null, null, Collections.emptySortedMap(), new TreeMap<>(), ProductNews.NONE);
    }

    /**
     * A visitor's position in one journey.
     *
     * @param stage the present stage, or the start of the journey for a visitor without one
     * @param sinceMillis when it was entered, or {@link FactValues#UNKNOWN}
     * @param reached all stages ever entered
     */
    public record InStage(String stage, long sinceMillis, SortedSet<String> reached) {}
}
