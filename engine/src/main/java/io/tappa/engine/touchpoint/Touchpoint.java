package io.tappa.engine.touchpoint;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A place where person and brand meet.
 *
 * @param key its name in rules and requests
 * @param channel the channel it speaks through, such as {@code site}, {@code email}, {@code pos}
 * @param weight how much it matters, 1 by default
 * @param offline whether it is met away from any screen of ours
 * @param purposes what it is for, by stage
 * @param recognisedBy signs of an event that came by way of here, such as the campaign {@code brochure-2026}
 * @param placements its slots, in the order of the file
 */
public record Touchpoint(
        String key,
        String channel,
        int weight,
        boolean offline,
        SortedMap<String, String> purposes,
        List<Sign> recognisedBy,
        List<Placement> placements) {
    public Touchpoint {
        purposes = Collections.unmodifiableSortedMap(new TreeMap<>(purposes));
        recognisedBy = List.copyOf(recognisedBy);
        placements = List.copyOf(placements);
    }

    /** The placement called {@code placement}, or null. */
    public @Nullable Placement placement(String placement) {
        return placements.stream()
                .filter(candidate -> candidate.key().equals(placement))
                .findFirst()
                .orElse(null);
    }
}
