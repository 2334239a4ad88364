package io.tappa.engine.persona;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.Source.FirstMatching;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All personas of a pack, and the segments that build on them; a visitor may match several.
 *
 * @param personas in the author's order
 * @param factIndex index of the fact that tells which of them match
 * @param segments the segments
 * @param firsts facts that tell the first persona or segment that matches
 */
public record Personas(List<Persona> personas, int factIndex, Segments segments, List<Fact> firsts) {
    public Personas {
        personas = List.copyOf(personas);
        firsts = List.copyOf(firsts);
    }

    /** No personas and no segments, for whoever does not ask for them. */
    public Personas none() {
        return new Personas(List.of(), factIndex, new Segments(List.of(), List.of(), segments.factIndex()), List.of());
    }

    /** Fills the facts of personas and segments from the other facts, and answers the same values. */
    public FactValues recognise(FactValues values) {
        if (!personas.isEmpty()) {
            var matching = Segments.assumed(values, factIndex);
            for (var persona : personas) {
                if (Segments.anyHolds(persona.alternatives(), values)) {
                    matching.add(persona.key());
                }
            }
            values.put(factIndex, matching);
        }
        fillFirsts(values, false);
        segments.recognise(values);
        fillFirsts(values, true);
        return values;
    }

    private void fillFirsts(FactValues values, boolean segment) {
        for (var fact : firsts) {
            boolean isAsked = fact.source() instanceof FirstMatching first && first.segment() == segment;
            if (isAsked && values.word(fact.index()) == null) {
                values.put(fact.index(), first(values, segment));
            }
        }
    }

    private @Nullable String first(FactValues values, boolean segment) {
        var matching = values.words(segment ? segments.factIndex() : factIndex);
        var keys =
                segment ? segments.keys() : personas.stream().map(Persona::key).toList();
        return keys.stream()
                .filter(key -> matching != null && matching.contains(key))
                .findFirst()
                .orElse(null);
    }
}
