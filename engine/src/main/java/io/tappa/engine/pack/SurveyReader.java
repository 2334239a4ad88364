package io.tappa.engine.pack;

import io.tappa.engine.fact.AnswerAccumulator;
import io.tappa.engine.pack.Survey.Said;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import io.tappa.engine.touchpoint.Touchpoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code surveys.yaml}. */
final class SurveyReader {
    private static final List<String> IDS = List.of("userId", "anonymousId", "email", "card");
    private static final List<String> KINDS = Arrays.stream(AnswerAccumulator.Survey.values())
            .map(AnswerAccumulator.Survey::key)
            .toList();

    private final Touchpoints touchpoints;
    private final Problems problems;

    SurveyReader(Touchpoints touchpoints, Problems problems) {
        this.touchpoints = touchpoints;
        this.problems = problems;
    }

    List<Survey> read(YamlNode root) {
        var surveys = new ArrayList<Survey>();
        var map = new Fields(root, "\"surveys:\" and their names", problems).take("surveys");
        if (map != null) {
            map.entries(problems, "surveys by name").forEach((name, value) -> {
                int before = problems.count();
                Fields.isKey(name.text(), name.place(), problems);
                var survey = survey(name.text(), new Fields(value, "a survey", problems));
                problems.nameSince(before, name.text());
                if (survey != null) {
                    surveys.add(survey);
                }
            });
        }
        return surveys;
    }

    private @Nullable Survey survey(String key, Fields fields) {
        var kind = said("kind", "surveys", KINDS, fields);
        if (!fields.has("kind")) {
            fields.required("kind");
        }
        var score = path("score", fields);
        if (!fields.has("score")) {
            fields.required("score");
        }
        var ids = new TreeMap<String, ValuePath>();
        for (var id : IDS) {
            var path = path(id, fields);
            if (path != null) {
                ids.put(id, path);
            }
        }
        if (IDS.stream().noneMatch(fields::has)) {
            fields.missing(
                    IDS, "Nothing says whose answers they are.", "Add one of: %s.".formatted(String.join(", ", IDS)));
        }
        var scores = scores(fields.take("scores"));
        var touchpoint = said("touchpoint", "touchpoints", touchpoints.keys(), fields);
        var at = path("at", fields);
        var id = path("id", fields);
        var comment = path("comment", fields);
        fields.finish();
        return kind == null || score == null
                ? null
                : new Survey(key, kind, score, scores, touchpoint, ids, at, id, comment);
    }

    private @Nullable Said said(String name, String plural, List<String> known, Fields fields) {
        var value = fields.take(name);
        if (value == null) {
            return null;
        }
        if (value.isMap()) {
            var inner = new Fields(value, "\"from:\" and a path", problems);
            inner.required("from");
            var path = path("from", inner);
            inner.finish();
            return path == null ? null : new Said.From(path);
        }
        var word = fields.text(name);
        if (word == null || known.contains(word)) {
            return word == null ? null : new Said.Word(word);
        }
        problems.error(
                "unknown-" + name,
                value.place(),
                "There is no %s \"%s\".".formatted(name.equals("kind") ? "survey of the kind" : name, word),
                "%s Where the answer says it, write { from: … } with its path."
                        .formatted(Suggestion.cure(word, plural, known)));
        return null;
    }

    private @Nullable ValuePath path(String name, Fields fields) {
        var text = fields.text(name);
        var path = text == null ? null : ValuePath.of(text);
        if (text != null && path == null) {
            problems.error(
                    "wrong-path",
                    fields.placeOf(name),
                    "\"%s\" is no path to a value.".formatted(text),
                    "Write names joined by points, such as response.answers.0.number or"
                            + " response.answers[field.ref=nps].number; for a table the name of a column.");
        }
        return path;
    }

    private SortedMap<String, Integer> scores(@Nullable YamlNode map) {
        var scores = new TreeMap<String, Integer>();
        if (map == null) {
            return scores;
        }
        map.entries(problems, "answers and their scores").forEach((word, score) -> {
            if (score.text().matches("[0-9]{1,2}")) {
                scores.put(word.text().toLowerCase(Locale.ROOT), Integer.parseInt(score.text()));
            } else {
                problems.error(
                        "wrong-type",
                        score.place(),
                        "\"%s\" is no score.".formatted(score.text()),
                        "Write a whole number, such as 5.");
            }
        });
        return scores;
    }
}
