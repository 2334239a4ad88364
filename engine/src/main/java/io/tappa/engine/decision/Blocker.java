package io.tappa.engine.decision;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A filter at which an offer lost.
 *
 * @param filter name of the filter, or of another step of a decision such as {@code outranked}
 * @param decisions how often
 * @param lastMillis when last, in milliseconds since 1970
 * @param told the time to tell of: the nearest where it lost at the conditions of its rules, else the last
 * @param winners how often it lost to which other offer; empty where it lost to none
 */
public record Blocker(String filter, long decisions, long lastMillis, Fate told, SortedMap<String, Long> winners) {
    /** The most frequent first; equal ones as candidates meet them. */
    static final Comparator<Blocker> MOST_FREQUENT_FIRST = Comparator.comparingLong(Blocker::decisions)
            .reversed()
            .thenComparing(blocker -> Steps.place(blocker.filter()));

    public Blocker {
        winners = Collections.unmodifiableSortedMap(new TreeMap<>(winners));
    }

    /** The filter at which {@code fate} was decided. */
    static Blocker of(String filter, Fate fate) {
        var winner = fate.winner();
        return new Blocker(
                filter, 1, fate.atMillis(), fate, winner == null ? new TreeMap<>() : new TreeMap<>(Map.of(winner, 1L)));
    }

    /** The same filter, at which an offer lost these times as well. */
    Blocker plus(Blocker other) {
        var all = new TreeMap<>(winners);
        other.winners.forEach((offer, times) -> all.merge(offer, times, Long::sum));
        boolean later = other.told.atMillis() >= told.atMillis() && !told.isNearer(other.told);
        return new Blocker(
                filter,
                decisions + other.decisions,
                Math.max(lastMillis, other.lastMillis),
                later || other.told.isNearer(told) ? other.told : told,
                all);
    }

    /** The offer it lost to most often, of equal ones the first by name; null where it lost to none. */
    public @Nullable String winner() {
        String most = null;
        for (var winner : winners.entrySet()) {
            most = most == null || winner.getValue() > winners.getOrDefault(most, 0L) ? winner.getKey() : most;
        }
        return most;
    }
}
