package io.tappa.engine.persona;

import io.tappa.engine.condition.Box;
import java.util.List;

/**
 * A group of visitors, told by conditions.
 *
 * @param key its name
 * @param alternatives one of the boxes must hold
 */
public record Segment(String key, List<Box> alternatives) {
    public Segment {
        alternatives = List.copyOf(alternatives);
    }
}
