package io.tappa.engine.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in JSON: names and places in lists, joined by points; {@code answers[field.ref=nps].number} chooses
 * the item of a list that says so.
 *
 * @param text as the author wrote it
 * @param steps one after the other
 */
public record ValuePath(String text, List<Step> steps) {
    private static final int LONGEST = 200;
    /** A name, then any number of choices; no name has a bracket. */
    private static final Pattern STEP = Pattern.compile("([^\\[\\].]+)((?:\\[[^\\[\\]=]+=[^\\[\\]=]+\\])?)");

    private static final Pattern BETWEEN = Pattern.compile("\\.(?![^\\[\\]]*\\])");

    public ValuePath {
        steps = List.copyOf(steps);
    }

    /** One step down. */
    public sealed interface Step {
        /** Into a field, or the item of a list at this place from 0. */
        record Into(String name) implements Step {}

        /** Into the first item of a list in which {@code path} has the value {@code wanted}. */
        record Choose(List<String> path, String wanted) implements Step {
            public Choose {
                path = List.copyOf(path);
            }
        }
    }

    /** The path that {@code text} writes, or null when it writes none. */
    public static @Nullable ValuePath of(String text) {
        var steps = new ArrayList<Step>();
        for (var part : BETWEEN.split(text, -1)) {
            var step = STEP.matcher(part);
            if (!step.matches() || text.length() > LONGEST) {
                return null;
            }
            steps.add(new Step.Into(step.group(1).trim()));
            var choice = step.group(2);
            if (!choice.isEmpty()) {
                var sides = choice.substring(1, choice.length() - 1).split("=", 2);
                steps.add(new Step.Choose(List.of(sides[0].trim().split("\\.", -1)), sides[1].trim()));
            }
        }
        return new ValuePath(text, steps);
    }
}
