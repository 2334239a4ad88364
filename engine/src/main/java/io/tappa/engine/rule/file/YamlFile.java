package io.tappa.engine.rule.file;

import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Reads YAML as a tree of raw texts with their places. Nothing is resolved: {@code no} stays the two letters, and tags,
 * anchors and aliases are refused.
 */
public final class YamlFile {
    /** Largest file, in characters. */
    public static final int LONGEST = 1_000_000;

    private static final int DEEPEST = 12;

    private YamlFile() {}

    /** The root of the file, or null after noting why it cannot be read. */
    public static @Nullable YamlNode read(String file, String content, Problems problems) {
        if (content.length() > LONGEST) {
            problems.error(
                    "too-large",
                    Place.file(file),
                    "The file has more than %,d characters.".formatted(LONGEST),
                    "Split it into several files of the same folder.");
            return null;
        }
        try {
            return isPlain(file, content, problems) ? compose(file, content, problems) : null;
        } catch (MarkedYAMLException unreadable) {
            var mark = unreadable.getProblemMark();
            var place = mark == null ? Place.file(file) : Place.at(file, mark.getLine() + 1, mark.getColumn() + 1);
            problems.error(
                    "unreadable-yaml",
                    place,
                    "The file cannot be read here: %s.".formatted(unreadable.getProblem()),
                    "Look at the indentation, the quotes and the brackets in this line and the one before.");
            return null;
        } catch (YAMLException | IllegalArgumentException unreadable) {
            problems.error(
                    "unreadable-yaml",
                    Place.file(file),
                    "The file cannot be read: it holds characters that YAML does not allow.",
                    "Save it as plain text in UTF-8.");
            return null;
        }
    }

    private static @Nullable YamlNode compose(String file, String content, Problems problems) {
        var root = yaml().compose(new StringReader(content));
        if (root == null) {
            problems.error("empty-file", Place.file(file), "The file is empty.", "Fill it, or delete it.");
            return null;
        }
        return new YamlNode(file, root);
    }

    private static boolean isPlain(String file, String content, Problems problems) {
        int depth = 0;
        for (var event : yaml().parse(new StringReader(content))) {
            var fault = fault(event);
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                fault = "more than %d levels".formatted(DEEPEST);
            } else if (event.getEventId() == Event.ID.MappingEnd || event.getEventId() == Event.ID.SequenceEnd) {
                depth--;
            }
            if (fault != null) {
                var mark = event.getStartMark();
                problems.error(
                        "forbidden-yaml",
                        Place.at(file, mark.getLine() + 1, mark.getColumn() + 1),
                        "Rule files have no %s.".formatted(fault),
                        "Write the value out; if it begins with & * or !, put it in quotes.");
                return false;
            }
        }
        return true;
    }

    private static @Nullable String fault(Event event) {
        if (event instanceof AliasEvent) {
            return "aliases (*name)";
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            return "anchors (&name)";
        }
        boolean tagged = (event instanceof ScalarEvent scalar
                        && scalar.getTag() != null
                        && !scalar.getTag().equals("!"))
                || (event instanceof CollectionStartEvent start && start.getTag() != null);
        return tagged ? "tags (!name)" : null;
    }

    private static Yaml yaml() {
        var options = new LoaderOptions();
        options.setCodePointLimit(LONGEST);
        options.setNestingDepthLimit(2 * DEEPEST);
        options.setMaxAliasesForCollections(0);
        return new Yaml(
                new SafeConstructor(options), new Representer(new DumperOptions()), new DumperOptions(), options);
    }
}
