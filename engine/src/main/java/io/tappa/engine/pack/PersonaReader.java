package io.tappa.engine.pack;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.fact.Source;
import io.tappa.engine.pack.NamedConditions.Named;
import io.tappa.engine.persona.Persona;
import io.tappa.engine.persona.Personas;
import io.tappa.engine.persona.Segments;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.ConditionReader;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.rule.file.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code personas.yaml}. */
final class PersonaReader {
    private final NamedConditions named;

    PersonaReader(@Nullable YamlNode root, Problems problems) {
        this.named = new NamedConditions(root, "personas", "a persona", problems);
    }

    List<String> keys() {
        return named.keys();
    }

    /** The personas, and with them what builds on them. */
    Personas read(ConditionReader conditions, Vocabulary words, Segments segments) {
        var personas = new ArrayList<Persona>();
        for (var one : named.read(conditions)) {
            check(one);
            personas.add(new Persona(one.key(), one.alternatives()));
        }
        return new Personas(personas, words.builtIn(Vocabulary.PERSONA).index(), segments, firsts(words.facts()));
    }

    private void check(Named one) {
        if (one.asks(fact -> fact.source() instanceof Source.Personas || isFirst(fact.source(), false))) {
            named.circular(one, "asks for a persona", "Write out the conditions of the other persona.");
        } else if (one.asks(fact -> fact.source() instanceof Source.Segments || isFirst(fact.source(), true))) {
            named.circular(
                    one,
                    "asks for a segment",
                    "Write out the conditions of the segment: segments may ask for personas, not personas for segments.");
        }
    }

    /** Whether {@code source} tells the first matching segment, or persona. */
    static boolean isFirst(Source source, boolean segment) {
        return source instanceof Source.FirstMatching first && first.segment() == segment;
    }

    private static List<Fact> firsts(FactCatalog facts) {
        return facts.facts().stream()
                .filter(fact -> fact.source() instanceof Source.FirstMatching)
                .toList();
    }
}
