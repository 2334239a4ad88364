package io.tappa.engine.rule.box;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.condition.ValueSet.Known;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.persona.Persona;
import io.tappa.engine.persona.Personas;
import io.tappa.engine.persona.Segment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Personas and segments, traced back to the conditions that make them. */
final class Groups {
    private final Map<String, List<Box>> personas = new LinkedHashMap<>();
    private final Map<String, List<Box>> segments = new LinkedHashMap<>();
    private final Terrain terrain;

    Groups(Personas personas, Terrain terrain) {
        this.terrain = terrain;
        for (Persona persona : personas.personas()) {
            this.personas.put(persona.key(), persona.alternatives());
        }
        for (Segment segment : personas.segments().segments()) {
            this.segments.put(segment.key(), segment.alternatives());
        }
    }

    /** Those at {@code spot} of whom the fact of all that match fits {@code values}. */
    Region where(ValueSet values, boolean segment, Spot spot) {
        if (!(values instanceof Words words)) {
            return Terrain.always(((Known) values).known());
        }
        var any = Region.NONE;
        for (var word : words.words()) {
            any = any.or(where(word, segment, spot));
        }
        return words.negated() ? Region.ALL.minus(any) : any;
    }

    private Region where(String key, boolean segment, Spot spot) {
        return terrain.where((segment ? segments : personas).getOrDefault(key, List.of()), spot);
    }

    /** Those at {@code spot} of whom the first that matches fits {@code values}. */
    Region whereFirst(ValueSet values, boolean segment, Spot spot) {
        var fitting = Region.NONE;
        var before = Region.NONE;
        for (var key : (segment ? segments : personas).keySet()) {
            var matching = where(key, segment, spot);
            boolean fits = values instanceof Words words ? words.containsWord(key) : ((Known) values).known();
            if (fits) {
                fitting = fitting.or(matching.minus(before));
            }
            before = before.or(matching);
        }
        return values instanceof Known known && !known.known() ? Region.ALL.minus(before) : fitting;
    }
}
