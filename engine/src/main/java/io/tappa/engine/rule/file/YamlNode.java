package io.tappa.engine.rule.file;

import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** One value of a YAML file with its place: a text, a list or a map. */
public final class YamlNode {
    private final String file;
    private final Node node;

    YamlNode(String file, Node node) {
        this.file = file;
        this.node = node;
    }

    /** The file it stands in. */
    public String file() {
        return file;
    }

    /** Where it stands. */
    public Place place() {
        var mark = node.getStartMark();
        return Place.at(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Whether it is a single text. */
    public boolean isText() {
        return node instanceof ScalarNode;
    }

    /** Whether it is a list. */
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Whether it is a map. */
    public boolean isMap() {
        return node instanceof MappingNode;
    }

    /** The text as it was written, quotes removed; empty for a list or map. */
    public String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue().trim() : "";
    }

    /** The items of a list; a single value is a list of one. */
    public List<YamlNode> items() {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(item -> new YamlNode(file, item))
                    .toList();
        }
        return List.of(this);
    }

    /** The entries of a map, in their order; keys written twice are noted. Empty, and noted, when it is no map. */
    public Map<YamlNode, YamlNode> entries(Problems problems, String expected) {
        var entries = new LinkedHashMap<YamlNode, YamlNode>();
        if (!(node instanceof MappingNode mapping)) {
            problems.error(
                    "wrong-shape",
                    place(),
                    "Here stands %s, but %s is expected.".formatted(isList() ? "a list" : "a single value", expected),
                    "Write it as \"name: value\" lines, indented below this one.");
            return entries;
        }
        var seen = new HashSet<String>();
        for (var tuple : mapping.getValue()) {
            var key = new YamlNode(file, tuple.getKeyNode());
            if (!seen.add(key.text())) {
                problems.error(
                        "duplicate-key",
                        key.place(),
                        "\"%s\" is written twice here.".formatted(key.text()),
                        "Keep one of them.");
                continue;
            }
            entries.put(key, new YamlNode(file, tuple.getValueNode()));
        }
        return entries;
    }
}
