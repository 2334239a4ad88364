package io.tappa.engine.persona;

import io.tappa.engine.condition.Box;
import io.tappa.engine.fact.FactValues;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All segments of a pack; a visitor may match several.
 *
 * @param segments in the author's order
 * @param inAskingOrder the same, each after those it asks for
 * @param factIndex index of the fact that tells which of them match
 */
public record Segments(List<Segment> segments, List<Segment> inAskingOrder, int factIndex) {
    public Segments {
        segments = List.copyOf(segments);
        inAskingOrder = List.copyOf(inAskingOrder);
    }

    /** The names of the segments, in the author's order. */
    public List<String> keys() {
        return segments.stream().map(Segment::key).toList();
    }

    /** The segment called {@code key}, or null. */
    public @Nullable Segment find(String key) {
        return segments.stream()
                .filter(segment -> segment.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    /** Fills the segment fact from the other facts, personas among them; what is assumed there stays. */
    void recognise(FactValues values) {
        if (!segments.isEmpty()) {
            var matching = assumed(values, factIndex);
            values.put(factIndex, matching);
            for (var segment : inAskingOrder) {
                if (anyHolds(segment.alternatives(), values)) {
                    matching.add(segment.key());
                }
            }
        }
    }

    static SortedSet<String> assumed(FactValues values, int factIndex) {
        var assumed = values.words(factIndex);
        return assumed == null ? new TreeSet<>() : new TreeSet<>(assumed);
    }

    static boolean anyHolds(List<Box> alternatives, FactValues values) {
        for (var box : alternatives) {
            if (box.holds(values)) {
                return true;
            }
        }
        return false;
    }
}
