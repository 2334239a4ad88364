package io.tappa.engine.pack;

import io.tappa.engine.condition.Durations;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.pack.Scenario.Answer;
import io.tappa.engine.pack.Scenario.Assumed;
import io.tappa.engine.pack.Scenario.Expectation;
import io.tappa.engine.pack.Scenario.Scene;
import io.tappa.engine.pack.Scenario.Shown;
import io.tappa.engine.pack.Scenario.Story;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.RuleFields;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.rule.file.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads scenarios that tell what one person does, event by event. */
final class StoryReader {
    /** What a scene may hold beside the properties of its event. */
    private static final List<String> KEYS = List.of("event", "after", "where", "expect");

    private static final long NONE = Long.MIN_VALUE;

    private final Vocabulary words;
    private final Problems problems;
    private final ShownReader shown;
    private final AssumedReader assumed;
    private final ExpectationReader expectations;

    StoryReader(ScenarioGround ground, ShownReader shown, AssumedReader assumed, Problems problems) {
        this.words = ground.words();
        this.problems = problems;
        this.shown = shown;
        this.assumed = assumed;
        this.expectations = new ExpectationReader(ground, problems);
    }

    /** The story in {@code fields}, or null after noting why there is none. */
    @Nullable
    Story read(@Nullable String name, Fields fields) {
        int before = problems.count();
        var scenes = new ArrayList<Scene>();
        var events = fields.take("events");
        long now = NONE;
        for (var item : events == null ? List.<YamlNode>of() : events.items()) {
            var scene = scene(item, now);
            now = scene.atMillis();
            scenes.add(scene);
        }
        var end = fields.take("expect");
        if (events == null) {
            return null;
        }
        if (end != null) {
            var expected = new Fields(end, "what is expected", problems);
            scenes.add(new Scene(
                    end.place(),
                    now,
                    null,
                    new TreeMap<>(),
                    null,
                    null,
                    Assumed.NOTHING,
                    expectations.read(end, expected)));
            expected.finish();
        }
        boolean isTested = scenes.stream()
                .anyMatch(scene -> scene.answer() != null || !scene.expected().isEmpty());
        if (!isTested && problems.count() == before) {
            problems.error(
                    "missing",
                    fields.place(),
                    "The scenario expects nothing.",
                    "Add a line \"expect: …\", at its end or in one of its events.");
        }
        return name == null || problems.count() > before ? null : new Story(name, fields.place(), withConsent(scenes));
    }

    private Scene scene(YamlNode item, long before) {
        int count = problems.count();
        var fields = new Fields(item, "something that happens", problems);
        long at = moment(fields, before);
        var event = event(fields);
        var where = fields.text("where");
        var placement = shown.placement(where, fields);
        var beside = where == null ? Assumed.NOTHING : assumed.read(fields, at);
        var expect = fields.take("expect");
        var values = new TreeMap<String, String>();
        if (fields.hasLike("event")) {
            addProperties(item, fields, values);
        }
        Answer answer = null;
        var expected = new ArrayList<Expectation>();
        if (expect != null) {
            answer = answer(expect, fields, expected);
        } else if (where != null) {
            fields.required("expect");
        }
        fields.finish();
        if (event == null && where == null && expect == null && problems.count() == count) {
            problems.error(
                    "missing",
                    item.place(),
                    "Nothing happens here, and nothing is expected.",
                    "Add \"event: …\" or \"expect: …\", or remove it.");
        }
        return new Scene(item.place(), at, event, values, placement, answer, beside, expected);
    }

    private long moment(Fields fields, long before) {
        var at = fields.text("at");
        var after = fields.text("after");
        if (at != null && after != null) {
            problems.error(
                    "wrong-shape",
                    fields.placeOfKey("after"),
                    "It happens at a time or after a while, not both.",
                    "Keep either \"at\" or \"after\".");
            return before;
        }
        if (at != null) {
            return fixed(at, fields, before);
        }
        if (before == NONE) {
            fields.missing(List.of("at"), "Nobody knows when the story begins.", "Add \"at: 2026-03-02 10:00\".");
            return 0;
        }
        return after == null ? before : before + length(after, fields).toMillis();
    }

    private long fixed(String at, Fields fields, long before) {
        int count = problems.count();
        long moment = RuleFields.from(at, words.facts().zone(), fields.placeOf("at"), problems);
        if (problems.count() > count) {
            return Math.max(0, before);
        }
        if (moment < before) {
            problems.error(
                    "wrong-time",
                    fields.placeOf("at"),
                    "\"%s\" is earlier than what happens before it.".formatted(at),
                    "Put everything in the order of time, or write how long \"after\" it happens.");
            return before;
        }
        return moment;
    }

    private Duration length(String after, Fields fields) {
        var length = Durations.parse(after);
        if (length == null) {
            problems.error(
                    "wrong-type",
                    fields.placeOf("after"),
                    "\"%s\" is no length of time.".formatted(after),
                    "Write for example 30 minutes, 24 hours or 7 days.");
            return Duration.ZERO;
        }
        return length;
    }

    private @Nullable String event(Fields fields) {
        var event = fields.text("event");
        if (event != null && (VisitorEvent.RESERVED.contains(event) || event.length() > VisitorEvent.LONGEST_NAME)) {
            problems.error(
                    "wrong-name",
                    fields.placeOf("event"),
                    "\"%s\" is no event that anybody sends.".formatted(event),
                    "Write the name of an event that your site sends; time passes with \"after: 31 days\".");
            return null;
        }
        return event;
    }

    private void addProperties(YamlNode item, Fields fields, SortedMap<String, String> values) {
        for (var entry : item.entries(new Problems(), "properties").entrySet()) {
            var key = entry.getKey().text();
            boolean isOwn =
                    KEYS.contains(key) || key.equals("at") || (fields.has("where") && AssumedReader.KEYS.contains(key));
            if (!isOwn && Suggestion.nearest(key, KEYS) == null) {
                fields.take(key);
                add(key, entry.getValue(), values);
            }
        }
    }

    private void add(String path, YamlNode value, SortedMap<String, String> values) {
        if (value.isText()) {
            values.put(path, value.text());
        } else if (value.isMap()) {
            value.entries(problems, "properties").forEach((key, inner) -> add(path + "." + key.text(), inner, values));
        } else {
            for (int i = 0; i < value.items().size(); i++) {
                add(path + "." + i, value.items().get(i), values);
            }
        }
    }

    private @Nullable Answer answer(YamlNode expect, Fields scene, List<Expectation> expected) {
        boolean isNothing = expect.isText() && expect.text().equals(ShownReader.NOTHING);
        var fields = isNothing ? null : new Fields(expect, "what is expected", problems);
        boolean isSaid = fields == null || ShownReader.isSaid(fields);
        if (isSaid && !scene.has("where")) {
            scene.missing(
                    List.of("where"),
                    "Nobody knows where that should be shown.",
                    "Add \"where: touchpoint.placement\" beside \"expect\".");
        }
        if (fields == null) {
            return new Shown(null, null, null);
        }
        var answer = isSaid || scene.has("where") ? shown.read(fields) : null;
        expected.addAll(expectations.read(expect, fields));
        fields.finish();
        return answer;
    }

    /** Who says nothing about consent is taken for somebody who agreed to be remembered. */
    private static List<Scene> withConsent(List<Scene> scenes) {
        boolean isSaid = scenes.stream()
                .anyMatch(scene -> Consent.UPDATED.equals(scene.event())
                        || scene.values().keySet().stream().anyMatch(path -> path.startsWith(Consent.CONTEXT)));
        if (isSaid) {
            return scenes;
        }
        return scenes.stream().map(StoryReader::agreeing).toList();
    }

    private static Scene agreeing(Scene scene) {
        if (scene.event() == null) {
            return scene;
        }
        var values = new TreeMap<>(scene.values());
        values.put(Consent.CONTEXT + Consent.REMEMBER, "granted");
        return new Scene(
                scene.place(),
                scene.atMillis(),
                scene.event(),
                values,
                scene.placement(),
                scene.answer(),
                scene.assumed(),
                scene.expected());
    }
}
