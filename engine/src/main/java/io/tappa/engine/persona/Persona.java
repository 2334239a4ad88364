package io.tappa.engine.persona;

import io.tappa.engine.condition.Box;
import java.util.List;

/**
 * A kind of buyer, told by conditions.
 *
 * @param key its name
 * @param alternatives one of the boxes must hold
 */
public record Persona(String key, List<Box> alternatives) {
    public Persona {
        alternatives = List.copyOf(alternatives);
    }
}
