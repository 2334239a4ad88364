package io.tappa.engine.pack;

import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.YamlNode;
import java.util.Collection;

/**
 * Names of one kind that an author may use.
 *
 * @param kind what they name, such as {@code offer}
 * @param names the names
 */
record KnownNames(String kind, Collection<String> names) {
    /** Whether {@code name} is one of them; noted when not. */
    boolean hold(YamlNode name, Problems problems) {
        if (names.contains(name.text())) {
            return true;
        }
        if (name.text().isEmpty()) {
            problems.error(
                    "wrong-shape",
                    name.place(),
                    "Here the name of one %s is needed.".formatted(kind),
                    "Write it as a single value, or several between [ and ].");
            return false;
        }
        problems.error(
                "unknown-" + kind,
                name.place(),
                "There is no %s \"%s\".".formatted(kind, name.text()),
                Suggestion.cure(name.text(), kind + "s", names));
        return false;
    }
}
