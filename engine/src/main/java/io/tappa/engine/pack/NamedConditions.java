package io.tappa.engine.pack;

import io.tappa.engine.condition.Box;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.ConditionReader;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a file of named conditions: the names first, since facts need them, the conditions once facts are known. */
final class NamedConditions {
    private static final int MOST_NAMES = 500;

    private final String what;
    private final Problems problems;
    private final Map<YamlNode, YamlNode> roots;

    /** One name, what it means, and where it stands. */
    record Named(String key, List<Box> alternatives, Place place) {
        /** Whether its conditions ask for a fact that is {@code asked}. */
        boolean asks(Predicate<Fact> asked) {
            return alternatives.stream()
                    .flatMap(box -> box.conditions().stream())
                    .anyMatch(condition -> asked.test(condition.fact()));
        }
    }

    /** The names below {@code top}; each is {@code what}, such as "a persona". */
    NamedConditions(@Nullable YamlNode root, String top, String what, Problems problems) {
        this.what = what;
        this.problems = problems;
        this.roots = root == null ? Map.of() : named(root, top);
    }

    private Map<YamlNode, YamlNode> named(YamlNode root, String top) {
        var fields = new Fields(root, "\"%s:\" and their names".formatted(top), problems);
        var map = fields.take(top);
        fields.finish();
        var entries = map == null ? Map.<YamlNode, YamlNode>of() : map.entries(problems, top + " by name");
        if (entries.size() > MOST_NAMES) {
            problems.error(
                    "too-many-names",
                    root.place(),
                    "There are %d %s; %d are possible.".formatted(entries.size(), top, MOST_NAMES),
                    "Remove those that no rule asks for.");
            return Map.of();
        }
        return entries;
    }

    List<String> keys() {
        return roots.keySet().stream().map(YamlNode::text).toList();
    }

    List<Named> read(ConditionReader conditions) {
        var all = new ArrayList<Named>();
        roots.forEach((key, value) -> {
            int before = problems.count();
            Fields.isKey(key.text(), key.place(), problems);
            var fields = new Fields(value, what, problems);
            var alternatives = conditions.read(fields.take("if"));
            if (!fields.has("if")) {
                fields.required("if");
            }
            fields.finish();
            problems.nameSince(before, key.text());
            all.add(new Named(key.text(), alternatives, value.place()));
        });
        return all;
    }

    /** Notes that {@code named} asks for what depends on it. */
    void circular(Named named, String asks, String cure) {
        int before = problems.count();
        problems.error(
                "circular",
                named.place(),
                "%s %s %s.".formatted(what.replaceFirst("a ", "The "), named.key(), asks),
                cure);
        problems.nameSince(before, named.key());
    }
}
