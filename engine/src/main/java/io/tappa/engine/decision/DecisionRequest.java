package io.tappa.engine.decision;

import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.touchpoint.Touchpoint;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is asked: something for each placement of one touchpoint, at one moment.
 *
 * @param touchpoint where
 * @param placements which of its slots, in the order they are filled
 * @param context values about the request, such as {@code language}
 * @param atMillis the moment, in milliseconds since 1970
 */
public record DecisionRequest(
        Touchpoint touchpoint, List<Placement> placements, SortedMap<String, String> context, long atMillis) {
    public DecisionRequest {
        placements = List.copyOf(placements);
        context = Collections.unmodifiableSortedMap(new TreeMap<>(context));
    }
}
