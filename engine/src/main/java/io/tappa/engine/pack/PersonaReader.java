package io.tappa.engine.pack;

import io.tappa.engine.condition.Box;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.persona.Persona;
import io.tappa.engine.persona.Personas;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.ConditionReader;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code personas.yaml}: the names first, since facts need them, the conditions once facts are known. */
final class PersonaReader {
    private final Problems problems;
    private final Map<YamlNode, YamlNode> roots;

    PersonaReader(@Nullable YamlNode root, Problems problems) {
        this.problems = problems;
        this.roots = root == null ? Map.of() : named(root);
    }

    private Map<YamlNode, YamlNode> named(YamlNode root) {
        var fields = new Fields(root, "\"personas:\" and their names", problems);
        var map = fields.take("personas");
        fields.finish();
        return map == null ? Map.of() : map.entries(problems, "personas by name");
    }

    List<String> keys() {
        return roots.keySet().stream().map(YamlNode::text).toList();
    }

    /** The personas; {@code fact} is the one that tells which of them match. */
    Personas read(ConditionReader conditions, Fact fact) {
        var personas = new ArrayList<Persona>();
        roots.forEach((key, value) -> {
            int before = problems.count();
            var fields = new Fields(value, "a persona", problems);
            var alternatives = conditions.read(fields.take("if"));
            if (!fields.has("if")) {
                fields.required("if");
            }
            fields.finish();
            if (asks(alternatives, fact)) {
                problems.error(
                        "circular",
                        value.place(),
                        "The persona %s asks for a persona.".formatted(key.text()),
                        "Write out the conditions of the other persona.");
            }
            problems.nameSince(before, key.text());
            personas.add(new Persona(key.text(), alternatives));
        });
        return new Personas(personas, fact.index());
    }

    private static boolean asks(List<Box> alternatives, Fact fact) {
        return alternatives.stream()
                .flatMap(box -> box.conditions().stream())
                .anyMatch(condition -> condition.fact().index() == fact.index());
    }
}
