package io.tappa.engine.pack;

import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import io.tappa.engine.touchpoint.ContentField;
import io.tappa.engine.touchpoint.Keep;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.touchpoint.Sign;
import io.tappa.engine.touchpoint.Touchpoint;
import io.tappa.engine.touchpoint.Touchpoints;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code touchpoints.yaml}. */
final class TouchpointReader {
    private static final int HEAVIEST = 100;
    private static final String VISIT = "visit";

    private final Problems problems;

    /** Where each fallback was written, by placement, so that a missing offer can be told at its place. */
    private final Map<String, YamlNode> fallbacks = new TreeMap<>();

    /** Which touchpoint each sign shows. */
    private final Map<Sign, String> signs = new HashMap<>();

    TouchpointReader(Problems problems) {
        this.problems = problems;
    }

    Touchpoints read(YamlNode root) {
        var file = new Fields(root, "\"touchpoints:\" and their names", problems);
        var map = file.take("touchpoints");
        file.finish();
        var touchpoints = new ArrayList<Touchpoint>();
        if (map != null) {
            map.entries(problems, "touchpoints by name").forEach((key, value) -> {
                int before = problems.count();
                Fields.isKey(key.text(), key.place(), problems);
                touchpoints.add(touchpoint(key.text(), value));
                problems.nameSince(before, key.text());
            });
        }
        return new Touchpoints(touchpoints);
    }

    Map<String, YamlNode> fallbacks() {
        return fallbacks;
    }

    private Touchpoint touchpoint(String key, YamlNode value) {
        var fields = new Fields(value, "a touchpoint", problems);
        var channel = fields.key("channel");
        int weight = fields.whole("weight", 0, HEAVIEST, 1);
        boolean offline = fields.yes("offline", false);
        var purposes = texts(fields.take("purpose"), "what the touchpoint is for, by stage");
        var recognisedBy = signs(key, fields.take("recognisedBy"));
        var placements = new ArrayList<Placement>();
        var declared = fields.take("placements");
        if (declared != null) {
            declared.entries(problems, "placements by name").forEach((name, placement) -> {
                Fields.isKey(name.text(), name.place(), problems);
                placements.add(placement(key, name.text(), placement));
            });
        }
        fields.finish();
        return new Touchpoint(
                key, channel == null ? "?" : channel, weight, offline, purposes, recognisedBy, placements);
    }

    private SortedMap<String, String> texts(@Nullable YamlNode map, String expected) {
        var texts = new TreeMap<String, String>();
        if (map != null) {
            map.entries(problems, expected).forEach((key, value) -> texts.put(key.text(), value.text()));
        }
        return texts;
    }

    private List<Sign> signs(String touchpoint, @Nullable YamlNode map) {
        var found = new ArrayList<Sign>();
        if (map == null) {
            return found;
        }
        var fields = new Fields(map, "how it is recognised", problems);
        for (var kind : Sign.Kind.values()) {
            var words = fields.take(kind.key());
            if (words != null) {
                words.items().forEach(word -> sign(touchpoint, kind, word, found));
            }
        }
        fields.finish();
        return found;
    }

    private void sign(String touchpoint, Sign.Kind kind, YamlNode word, List<Sign> found) {
        if (word.text().isEmpty()) {
            problems.error(
                    "wrong-shape",
                    word.place(),
                    "A sign of the kind %s is one word.".formatted(kind.key()),
                    "Write it as %s: spring, or %s: [ spring, summer ].".formatted(kind.key(), kind.key()));
            return;
        }
        var sign = new Sign(kind, word.text());
        var other = signs.putIfAbsent(sign, touchpoint);
        if (other == null) {
            found.add(sign);
        } else {
            problems.error(
                    "duplicate-sign",
                    word.place(),
                    "%s: %s already shows that somebody comes by way of %s.".formatted(kind.key(), word.text(), other),
                    "Give each touchpoint a word of its own, or keep it with one of them.");
        }
    }

    private Placement placement(String touchpoint, String key, YamlNode value) {
        var fields = new Fields(value, "a placement", problems);
        var content = new ArrayList<ContentField>();
        var declared = fields.take("content");
        if (declared != null) {
            declared.entries(problems, "content fields by name")
                    .forEach((name, field) -> content.add(contentField(name.text(), field)));
        }
        int count = fields.whole("count", 1, Placement.MOST, 1);
        var keep = keep(fields);
        var fallback = fields.text("fallback");
        var node = fields.take("fallback");
        fields.finish();
        var placement = new Placement(touchpoint, key, content, count, keep, fallback);
        if (node != null) {
            fallbacks.put(placement.fullName(), node);
        }
        return placement;
    }

    private static @Nullable Keep keep(Fields fields) {
        if (VISIT.equals(fields.text("keep"))) {
            return Keep.VISIT;
        }
        var length = fields.duration("keep");
        return length == null ? null : new Keep(length, false);
    }

    private ContentField contentField(String name, YamlNode value) {
        var fields = new Fields(value, "a content field", problems);
        var type = fields.oneOf("type", ContentField.Type.keys());
        boolean required = fields.yes("required", false);
        if (ContentField.Type.PRODUCTS.key().equals(type)) {
            return products(name, required, fields);
        }
        int longest = fields.whole("longest", 1, 10_000, 0);
        fields.finish();
        return new ContentField(
                name,
                type == null ? ContentField.Type.TEXT : ContentField.Type.valueOf(type.toUpperCase(Locale.ROOT)),
                required,
                longest);
    }

    private ContentField products(String name, boolean required, Fields fields) {
        int most = fields.whole("most", 1, ContentField.MOST_PRODUCTS, ContentField.USUAL_PRODUCTS);
        int fewest = fields.whole("fewest", 1, ContentField.MOST_PRODUCTS, 1);
        fields.finish();
        if (fewest > most) {
            problems.error(
                    "impossible",
                    fields.placeOf("fewest"),
                    "The list needs %d products, but has room for %d.".formatted(fewest, most),
                    "Write a lower fewest, or a higher most.");
        }
        return new ContentField(name, ContentField.Type.PRODUCTS, required, 0, most, fewest);
    }
}
