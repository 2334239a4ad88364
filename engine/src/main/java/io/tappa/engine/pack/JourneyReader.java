package io.tappa.engine.pack;

import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import io.tappa.engine.journey.Stage;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.ConditionReader;
import io.tappa.engine.rule.file.DecisionFileReader;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.RuleFields;
import io.tappa.engine.rule.file.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one file of {@code journeys/}: the stages first, since facts need their names, the moves once facts are known. */
final class JourneyReader {
    private final Problems problems;
    private final Fields file;
    private final Place place;
    private final @Nullable String key;
    private final @Nullable String start;
    private final List<Stage> stages = new ArrayList<>();

    JourneyReader(YamlNode root, Problems problems) {
        this.problems = problems;
        this.place = root.place();
        this.file = new Fields(root, "a journey", problems);
        this.key = file.key("journey");
        this.start = file.required("start");
        var map = file.take("stages");
        if (map == null) {
            file.required("stages");
        } else {
            map.entries(problems, "stages by name").forEach((name, value) -> {
                Fields.isKey(name.text(), name.place(), problems);
                stages.add(stage(name.text(), value));
            });
        }
        if (start != null && !stageKeys().contains(start)) {
            unknownStage(start, file.placeOf("start"));
        }
    }

    private Stage stage(String name, YamlNode value) {
        var fields = new Fields(value, "a stage", problems);
        var stage = new Stage(name, fields.text("goal"), fields.duration("within"));
        fields.finish();
        return stage;
    }

    /** The journey's name, or null when it has none. */
    @Nullable
    String key() {
        return key;
    }

    Place place() {
        return place;
    }

    List<String> stageKeys() {
        return stages.stream().map(Stage::key).toList();
    }

    private void unknownStage(String name, Place at) {
        if (stages.isEmpty()) {
            return;
        }
        problems.error(
                "unknown-stage",
                at,
                "There is no stage \"%s\" in the journey %s.".formatted(name, key),
                Suggestion.cure(name, "stages", stageKeys()));
    }

    /** The whole journey, or null when its head is broken. */
    @Nullable
    Journey read(ConditionReader conditions) {
        var list = file.take("moves");
        var moves = new ArrayList<Move>();
        var ids = new TreeSet<String>();
        if (list != null) {
            for (var item : list.items()) {
                int before = problems.count();
                var move = move(item, conditions);
                problems.nameSince(before, DecisionFileReader.idOf(item));
                if (move != null && !ids.add(move.id())) {
                    problems.error(
                            "duplicate-id",
                            item.place().inside(move.id()),
                            "Two moves are called \"%s\".".formatted(move.id()),
                            "Give one of them another id.");
                } else if (move != null) {
                    moves.add(move);
                }
            }
        }
        file.finish();
        return key == null || start == null ? null : new Journey(key, start, stages, moves);
    }

    private @Nullable Move move(YamlNode item, ConditionReader conditions) {
        var fields = new Fields(item, "a move", problems);
        var id = fields.key("id");
        var on = fields.required("on");
        var from = new TreeSet<String>();
        var starts = fields.take("from");
        if (starts != null) {
            for (var stage : starts.items()) {
                if (stageKeys().contains(stage.text())) {
                    from.add(stage.text());
                } else {
                    unknownStage(stage.text(), stage.place());
                }
            }
        }
        var alternatives = conditions.read(fields.take("if"));
        var to = fields.required("to");
        if (to != null && !stageKeys().contains(to)) {
            unknownStage(to, fields.placeOf("to"));
        }
        int priority = RuleFields.priority(fields.text("priority"), fields.placeOf("priority"), problems);
        fields.finish();
        return id == null || on == null || to == null ? null : new Move(id, on, from, alternatives, to, priority);
    }
}
