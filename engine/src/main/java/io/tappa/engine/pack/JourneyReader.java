package io.tappa.engine.pack;

import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import io.tappa.engine.journey.Stage;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.ConditionReader;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one file of {@code journeys/}: the stages first, since facts need their names, the moves once facts are known. */
final class JourneyReader {
    private final Problems problems;
    private final Fields file;
    private final Place place;
    private final @Nullable String key;
    private final @Nullable String start;
    private final List<Stage> stages = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();
    private Map<String, Place> placesOfMoves = Map.of();

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
                places.put(name.text(), name.place());
            });
        }
        if (start != null && !stageKeys().contains(start)) {
            MoveReader.unknownStage(start, file.placeOf("start"), key, stageKeys(), problems);
        }
    }

    private Stage stage(String name, YamlNode value) {
        if (name.equals(Move.NOWHERE)) {
            problems.error(
                    "wrong-name",
                    value.place(),
                    "\"%s\" cannot be a stage: a move to it leaves the journey.".formatted(name),
                    "Call the stage something else.");
        }
        var fields = new Fields(value, "a stage", problems);
        var stage = new Stage(name, fields.text("goal"), fields.duration("within"), fields.yes("ends", false));
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

    /** Where the stage called {@code stage} was written. */
    Place placeOfStage(String stage) {
        return places.getOrDefault(stage, place);
    }

    /** Where the move called {@code id} was written; known once the journey was read. */
    Place placeOfMove(String id) {
        return placesOfMoves.getOrDefault(id, place).inside(id);
    }

    List<String> stageKeys() {
        return stages.stream().map(Stage::key).toList();
    }

    /** How soon the goal of a stage should be reached, in milliseconds by stage, where it says so. */
    SortedMap<String, Long> goalMillis() {
        var goals = new TreeMap<String, Long>();
        for (var stage : stages) {
            var within = stage.within();
            if (within != null) {
                goals.put(stage.key(), within.toMillis());
            }
        }
        return goals;
    }

    /** The whole journey, or null when its head is broken. */
    @Nullable
    Journey read(ConditionReader conditions) {
        var entrance = conditions.read(file.take("enter if"));
        var moveReader = new MoveReader(key, stageKeys(), conditions, problems);
        var moves = moveReader.moves(file.take("moves"));
        var restart = moveReader.restart(file.take("restarts on"), start);
        if (restart != null) {
            moves.add(restart);
        }
        placesOfMoves = moveReader.places();
        file.finish();
        return key == null || start == null
                ? null
                : new Journey(key, start, stages, file.has("enter if") ? entrance : List.of(), moves);
    }
}
