package io.tappa.engine.transition;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the counters of a journey change.
 *
 * @param byJourney by journey, by counter: {@code stage} names, {@code from>to} moves, and {@value #VISITORS}
 */
public record StageCounts(SortedMap<String, SortedMap<String, Long>> byJourney) {
    /** The counter of visitors in a journey. */
    public static final String VISITORS = "*";
    /** What stands between the two stages of a move. */
    public static final String TO = ">";

    public StageCounts {
        var copy = new TreeMap<String, SortedMap<String, Long>>();
        byJourney.forEach((journey, counters) -> {
            var kept = new TreeMap<String, Long>();
            counters.forEach((counter, change) -> {
                if (change != 0) {
                    kept.put(counter, change);
                }
            });
            if (!kept.isEmpty()) {
                copy.put(journey, Collections.unmodifiableSortedMap(kept));
            }
        });
        byJourney = Collections.unmodifiableSortedMap(copy);
    }
}
