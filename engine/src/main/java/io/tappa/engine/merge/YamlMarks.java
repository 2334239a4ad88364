package io.tappa.engine.merge;

import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.YamlFile;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Finds the entries of a YAML file: items with a name under a top-level key, keys under it, or the top-level key itself. */
final class YamlMarks {
    /** What names an item of a list. */
    private static final List<String> NAMES = List.of("id", "scenario");

    /** YAML ends lines there, too, and editors do not show it. */
    private static final Pattern OTHER_LINE_ENDS = Pattern.compile("[\\u0085\\u2028\\u2029]");

    private final List<String> lines;
    private final List<Mark> marks = new ArrayList<>();

    private YamlMarks(List<String> lines) {
        this.lines = lines;
    }

    /** All entries in their order; null where the file cannot be read, or is no map of keys in lines. */
    static @Nullable List<Mark> of(String path, String content) {
        if (OTHER_LINE_ENDS.matcher(content).find() || YamlFile.read(path, content, new Problems()) == null) {
            return null;
        }
        var options = new LoaderOptions();
        options.setCodePointLimit(YamlFile.LONGEST);
        if (!(new Yaml(options).compose(new StringReader(content)) instanceof MappingNode root) || isFlow(root)) {
            return null;
        }
        var found = new YamlMarks(content.lines().toList());
        for (var tuple : root.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode)) {
                return null;
            }
            found.section(tuple);
        }
        return found.marks;
    }

    private void section(NodeTuple tuple) {
        var section = text(tuple.getKeyNode());
        int line = line(tuple.getKeyNode());
        var entries = isFlow(tuple.getValueNode()) ? null : entries(section, tuple.getValueNode());
        if (entries == null) {
            int last = Math.max(line, last(tuple.getValueNode()));
            marks.add(new Mark(section, "", false, line, last, indent(tuple.getKeyNode())));
        } else {
            marks.add(new Mark(section, "", true, line, line, indent(tuple.getKeyNode())));
            marks.addAll(entries);
        }
    }

    /** The entries under a key, or null where they have no names of their own. */
    private @Nullable List<Mark> entries(String section, Node value) {
        if (value instanceof SequenceNode list) {
            return items(section, list);
        }
        return value instanceof MappingNode map ? keys(section, map) : null;
    }

    private @Nullable List<Mark> items(String section, SequenceNode list) {
        var items = new ArrayList<Mark>();
        for (var item : list.getValue()) {
            var name = name(item);
            int dash = dash(item);
            if (name == null || dash < 0) {
                return null;
            }
            items.add(new Mark(section, name, false, line(item), last(item), dash));
        }
        return items;
    }

    private static @Nullable String name(Node item) {
        if (item instanceof MappingNode map) {
            for (var tuple : map.getValue()) {
                if (NAMES.contains(text(tuple.getKeyNode()))
                        && !text(tuple.getValueNode()).isEmpty()) {
                    return text(tuple.getValueNode());
                }
            }
        }
        return null;
    }

    /** How far the dash before an item is indented; -1 where it does not stand in its line. */
    private int dash(Node item) {
        var before = lines.get(line(item)).substring(0, indent(item));
        return before.strip().equals("-") ? before.indexOf('-') : -1;
    }

    private @Nullable List<Mark> keys(String section, MappingNode map) {
        var keys = new ArrayList<Mark>();
        for (var tuple : map.getValue()) {
            var key = tuple.getKeyNode();
            if (text(key).isEmpty()) {
                return null;
            }
            keys.add(new Mark(
                    section,
                    text(key),
                    false,
                    line(key),
                    Math.max(line(key), last(tuple.getValueNode())),
                    indent(key)));
        }
        return keys;
    }

    /** The last line of a value; marks of blocks end where the next thing begins, so the last text in them is asked. */
    private int last(Node node) {
        int last = line(node);
        if (node instanceof ScalarNode scalar) {
            return lastOfText(scalar);
        }
        if (isFlow(node)) {
            return node.getEndMark().getLine();
        }
        if (node instanceof SequenceNode list) {
            for (var item : list.getValue()) {
                last = Math.max(last, last(item));
            }
        } else if (node instanceof MappingNode map) {
            for (var tuple : map.getValue()) {
                last = Math.max(last, Math.max(last(tuple.getKeyNode()), last(tuple.getValueNode())));
            }
        }
        return last;
    }

    private int lastOfText(ScalarNode scalar) {
        var end = scalar.getEndMark();
        if (scalar.getScalarStyle() != ScalarStyle.LITERAL && scalar.getScalarStyle() != ScalarStyle.FOLDED) {
            return end.getLine();
        }
        int last = Math.min(end.getColumn() == 0 ? end.getLine() - 1 : end.getLine(), lines.size() - 1);
        while (last > line(scalar) && lines.get(last).isBlank()) {
            last--;
        }
        return last;
    }

    private static boolean isFlow(Node node) {
        return node instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.FLOW;
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
    }

    private static int line(Node node) {
        return node.getStartMark().getLine();
    }

    private static int indent(Node node) {
        return node.getStartMark().getColumn();
    }
}
