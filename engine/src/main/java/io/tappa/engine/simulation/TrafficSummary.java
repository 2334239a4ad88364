package io.tappa.engine.simulation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of a stretch of traffic.
 *
 * @param uniqueEvents events counted
 * @param duplicates events that were seen before
 * @param refused events that could not be read
 * @param visitors people who did something
 * @param journeys stages and moves, by journey
 */
public record TrafficSummary(
        long uniqueEvents, long duplicates, long refused, long visitors, SortedMap<String, JourneyCount> journeys) {
    public TrafficSummary {
        journeys = Collections.unmodifiableSortedMap(new TreeMap<>(journeys));
    }

    /**
     * Where people are in one journey, and which ways they went.
     *
     * @param stages visitors by present stage, stages without any included
     * @param moves how often each way {@code from>to} was gone; first entries are no moves
     */
    public record JourneyCount(SortedMap<String, Long> stages, SortedMap<String, Long> moves) {
        public JourneyCount {
            stages = Collections.unmodifiableSortedMap(new TreeMap<>(stages));
            moves = Collections.unmodifiableSortedMap(new TreeMap<>(moves));
        }
    }
}
