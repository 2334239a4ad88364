package io.tappa.engine.pack;

import io.tappa.engine.problem.Place;
import io.tappa.engine.touchpoint.Placement;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A visitor, a moment, and what the author expects to be shown.
 *
 * @param name the author's sentence
 * @param place where it was written
 * @param atMillis the moment, in milliseconds since 1970
 * @param stage the visitor's stage in the default journey, or null for a newcomer
 * @param reached further stages of the default journey ever entered
 * @param facts what is known of the visitor, as written, by fact id; all else is unknown or 0
 * @param placement where the decision is asked
 * @param expected what should come out
 */
public record Scenario(
        String name,
        Place place,
        long atMillis,
        @Nullable String stage,
        SortedSet<String> reached,
        SortedMap<String, String> facts,
        Placement placement,
        Expected expected) {
    public Scenario {
        reached = Collections.unmodifiableSortedSet(new TreeSet<>(reached));
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /**
     * What should come out.
     *
     * @param offer key of the offer, or null for nothing at all
     * @param because id of the rule that should have led there, or null for any
     * @param fallback whether it should be the fallback, or null for either
     */
    public record Expected(
            @Nullable String offer,
            @Nullable String because,
            @Nullable Boolean fallback) {}
}
