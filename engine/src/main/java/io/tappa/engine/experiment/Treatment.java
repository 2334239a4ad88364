package io.tappa.engine.experiment;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment does to those who take part, and what it hopes for.
 *
 * @param where full names of the placements whose winner it replaces; empty where only rules ask for the variation
 * @param shows the offer that replaces the winner, by variation; whoever gets another one sees the winner
 * @param goal what people should do, or null
 */
public record Treatment(
        SortedSet<String> where,
        SortedMap<String, String> shows,
        @Nullable Goal goal) {
    /** Nothing is replaced, and nothing is hoped for. */
    public static final Treatment NONE = new Treatment(new TreeSet<>(), new TreeMap<>(), null);

    public Treatment {
        where = Collections.unmodifiableSortedSet(new TreeSet<>(where));
        shows = Collections.unmodifiableSortedMap(new TreeMap<>(shows));
        if (where.isEmpty() != shows.isEmpty()) {
            throw new IllegalArgumentException("""
                    where (%s) and shows (%s) must both be given, or neither.
                    Maybe the variation is only asked in rules, which needs neither.""".formatted(where, shows));
        }
    }
}
