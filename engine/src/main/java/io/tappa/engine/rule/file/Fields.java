package io.tappa.engine.rule.file;

import io.tappa.engine.condition.Durations;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The named fields of one map: each is taken once, and what nobody took is unknown.
 *
 * <p>Whoever takes a field hears null when it is absent or unreadable; what is unreadable was noted.
 */
public final class Fields {
    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

    private final Place place;
    private final Problems problems;
    private final Map<String, YamlNode> keys = new LinkedHashMap<>();
    private final Map<String, YamlNode> values = new LinkedHashMap<>();
    private final TreeSet<String> asked = new TreeSet<>();
    private final List<Missing> missing = new ArrayList<>();
    private final boolean isMap;

    private record Missing(Collection<String> keys, String what, String cure) {}

    /** The fields of {@code map}; {@code expected} says what they make up, such as "a rule". */
    public Fields(YamlNode map, String expected, Problems problems) {
        this.place = map.place();
        this.problems = problems;
        this.isMap = map.isMap();
        map.entries(problems, expected).forEach((key, value) -> {
            keys.put(key.text(), key);
            values.put(key.text(), value);
        });
    }

    /** Where the map begins. */
    public Place place() {
        return place;
    }

    /** The value of {@code key}, or null. */
    public @Nullable YamlNode take(String key) {
        asked.add(key);
        return values.get(key);
    }

    /** Whether {@code key} is present. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** Whether {@code key} is present, or one that is probably meant to be it. */
    public boolean hasLike(String key) {
        return has(key) || keys.keySet().stream().anyMatch(found -> Suggestion.nearest(found, List.of(key)) != null);
    }

    /** The single text of {@code key}, or null. */
    public @Nullable String text(String key) {
        var value = take(key);
        if (value == null) {
            return null;
        }
        if (!value.isText() || value.text().isEmpty()) {
            problems.error(
                    "wrong-shape",
                    value.place(),
                    "\"%s\" needs one single value.".formatted(key),
                    "Write it behind the colon, in the same line.");
            return null;
        }
        return value.text();
    }

    /** The single text of {@code key}; what is missing is noted by {@link #finish()}. */
    public @Nullable String required(String key) {
        if (!has(key)) {
            missing(List.of(key), "\"%s\" is missing here.".formatted(key), "Add a line \"%s: …\".".formatted(key));
            return null;
        }
        return text(key);
    }

    /** Lets {@link #finish()} note that one of {@code keys} is missing, unless one of them is only misspelt. */
    public void missing(Collection<String> keys, String what, String cure) {
        asked.addAll(keys);
        missing.add(new Missing(List.copyOf(keys), what, cure));
    }

    /** A stable name: small letters, digits and hyphens. */
    public @Nullable String key(String key) {
        var text = required(key);
        return text == null || isKey(text, placeOf(key)) ? text : null;
    }

    private boolean isKey(String text, Place at) {
        return isKey(text, at, problems);
    }

    /** Whether {@code text} can be a stable name; noted when not. */
    public static boolean isKey(String text, Place at, Problems problems) {
        if (KEY.matcher(text).matches()) {
            return true;
        }
        problems.error(
                "wrong-name",
                at,
                "\"%s\" cannot be a name here.".formatted(text),
                "Use small letters, digits and hyphens, at most 60 of them.");
        return false;
    }

    /** A whole number between two ends, or {@code otherwise} when absent or unreadable. */
    public int whole(String key, int low, int high, int otherwise) {
        var text = text(key);
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (low <= number && number <= high) {
                return number;
            }
        }
        problems.error(
                "wrong-type",
                placeOf(key),
                "\"%s\" is \"%s\" here.".formatted(key, text),
                "Write a whole number from %d to %d.".formatted(low, high));
        return otherwise;
    }

    /** A yes or no, or {@code otherwise} when absent. */
    public boolean yes(String key, boolean otherwise) {
        var text = oneOf(key, List.of("yes", "no"));
        return text == null ? otherwise : text.equals("yes");
    }

    /** One of a few words, or null. */
    public @Nullable String oneOf(String key, List<String> words) {
        var text = text(key);
        if (text == null || words.contains(text)) {
            return text;
        }
        problems.error(
                "unknown-word",
                placeOf(key),
                "\"%s\" is \"%s\" here.".formatted(key, text),
                Suggestion.cure(text, "possible values", words));
        return null;
    }

    /** A duration such as {@code 7 days}, or null. */
    public @Nullable Duration duration(String key) {
        var text = text(key);
        if (text == null) {
            return null;
        }
        var duration = Durations.parse(text);
        if (duration == null || duration.isZero()) {
            problems.error(
                    "wrong-type",
                    placeOf(key),
                    "\"%s\" is no length of time.".formatted(text),
                    "Write for example 30 minutes, 24 hours or 7 days.");
            return null;
        }
        return duration;
    }

    /** Where the value of {@code key} stands, or the map when it is absent. */
    public Place placeOf(String key) {
        var value = values.get(key);
        return value == null ? place : value.place();
    }

    /** Where {@code key} itself stands, or the map when it is absent. */
    public Place placeOfKey(String key) {
        var node = keys.get(key);
        return node == null ? place : node.place();
    }

    /** Notes every field that nobody asked for, and what is missing. */
    public void finish() {
        var misspelt = new TreeSet<String>();
        for (var entry : keys.entrySet()) {
            if (!asked.contains(entry.getKey())) {
                var meant = Suggestion.nearest(entry.getKey(), asked);
                if (meant != null) {
                    misspelt.add(meant);
                }
                problems.error(
                        "unknown-key",
                        entry.getValue().place(),
                        "\"%s\" means nothing here.".formatted(entry.getKey()),
                        Suggestion.cure(entry.getKey(), "possible keys", asked));
            }
        }
        for (var absent : missing) {
            if (isMap && Collections.disjoint(absent.keys, misspelt)) {
                problems.error("missing", place, absent.what, absent.cure);
            }
        }
    }
}
