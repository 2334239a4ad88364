package io.tappa.engine.persona;

import io.tappa.engine.fact.FactValues;
import java.util.List;
import java.util.TreeSet;

/**
 * All personas of a pack; a visitor may match several.
 *
 * @param personas in the author's order
 * @param factIndex index of the fact that tells which of them match
 */
public record Personas(List<Persona> personas, int factIndex) {
    public Personas {
        personas = List.copyOf(personas);
    }

    /** Fills the persona fact from the other facts, and answers the same values. */
    public FactValues recognise(FactValues values) {
        if (personas.isEmpty()) {
            return values;
        }
        var matching = new TreeSet<String>();
        for (var persona : personas) {
            if (persona.alternatives().stream().anyMatch(box -> box.holds(values))) {
                matching.add(persona.key());
            }
        }
        values.put(factIndex, matching);
        return values;
    }
}
