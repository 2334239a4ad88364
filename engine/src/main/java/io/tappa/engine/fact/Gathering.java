package io.tappa.engine.fact;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Since when facts are gathered. A fact that came with a later version of a pack has missed what happened before.
 *
 * @param sinceMillis when gathering began, in milliseconds since 1970, by slot of the accumulator; what is not named was
 *     gathered always
 */
public record Gathering(SortedMap<Integer, Long> sinceMillis) {
    /** Everything was gathered always. */
    public static final Gathering ALWAYS = new Gathering(new TreeMap<>());
    /** A moment that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    public Gathering {
        sinceMillis = Collections.unmodifiableSortedMap(new TreeMap<>(sinceMillis));
    }

    long since(int slot) {
        return sinceMillis.getOrDefault(slot, 0L);
    }
}
