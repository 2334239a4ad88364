package io.tappa.engine.pack;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Durations;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.journey.After;
import io.tappa.engine.journey.After.Since;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.ConditionReader;
import io.tappa.engine.rule.file.DecisionFileReader;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.RuleFields;
import io.tappa.engine.rule.file.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the moves of one journey. */
final class MoveReader {
    private static final String WITHOUT_EVENTS = " without events";
    private static final String IN_STAGE = " in stage";
    private static final int HIGHEST = 100;

    private final @Nullable String journey;
    private final List<String> stages;
    private final ConditionReader conditions;
    private final Problems problems;
    private final Map<String, Place> places = new HashMap<>();

    MoveReader(@Nullable String journey, List<String> stages, ConditionReader conditions, Problems problems) {
        this.journey = journey;
        this.stages = stages;
        this.conditions = conditions;
        this.problems = problems;
    }

    static void unknownStage(String name, Place at, @Nullable String journey, List<String> stages, Problems problems) {
        if (stages.isEmpty()) {
            return;
        }
        problems.error(
                "unknown-stage",
                at,
                "There is no stage \"%s\" in the journey %s.".formatted(name, journey),
                Suggestion.cure(name, "stages", stages));
    }

    /** The moves in the author's order. */
    List<Move> moves(@Nullable YamlNode list) {
        var moves = new ArrayList<Move>();
        var ids = new TreeSet<String>();
        for (var item : list == null ? List.<YamlNode>of() : list.items()) {
            int before = problems.count();
            var move = move(item);
            problems.nameSince(before, DecisionFileReader.idOf(item));
            if (move == null) {
                continue;
            }
            if (Journey.RESERVED.contains(move.id())) {
                problems.error(
                        "wrong-name",
                        item.place().inside(move.id()),
                        "No move can be called \"%s\": histories use the word.".formatted(move.id()),
                        "Give it another id.");
            } else if (!ids.add(move.id())) {
                problems.error(
                        "duplicate-id",
                        item.place().inside(move.id()),
                        "Two moves are called \"%s\".".formatted(move.id()),
                        "Give one of them another id.");
            } else {
                moves.add(move);
                places.put(move.id(), item.place());
            }
        }
        return moves;
    }

    /** Where each move that was read stands, by id. */
    Map<String, Place> places() {
        return Map.copyOf(places);
    }

    private @Nullable Move move(YamlNode item) {
        var fields = new Fields(item, "a move", problems);
        var id = fields.key("id");
        var after = after(fields);
        var on = fields.has("after") ? fields.text("on") : fields.required("on");
        if (fields.has("after") && fields.has("on")) {
            problems.error(
                    "wrong-shape",
                    fields.placeOfKey("after"),
                    "A move is caused by an event or by time, not by both.",
                    "Keep either \"on\" or \"after\".");
        }
        var from = from(fields);
        var alternatives = conditions.read(fields.take("if"));
        var to = fields.required("to");
        if (to != null && !stages.contains(to) && !to.equals(Move.NOWHERE)) {
            unknownStage(to, fields.placeOf("to"), journey, stages, problems);
        }
        int priority = RuleFields.priority(fields.text("priority"), fields.placeOf("priority"), problems);
        fields.finish();
        boolean caused = on != null ? isEvent(on, fields.placeOf("on")) : after != null;
        return id == null || to == null || !caused ? null : new Move(id, on, after, from, alternatives, to, priority);
    }

    private boolean isEvent(String on, Place place) {
        if (!VisitorEvent.RESERVED.contains(on)) {
            return true;
        }
        problems.error(
                "wrong-name",
                place,
                "\"%s\" is no event that anybody sends.".formatted(on),
                "Use \"after: 30 days without events\" for a move that time causes.");
        return false;
    }

    private SortedSet<String> from(Fields fields) {
        var from = new TreeSet<String>();
        var starts = fields.take("from");
        for (var stage : starts == null ? List.<YamlNode>of() : starts.items()) {
            if (stages.contains(stage.text())) {
                from.add(stage.text());
            } else {
                unknownStage(stage.text(), stage.place(), journey, stages, problems);
            }
        }
        return from;
    }

    private @Nullable After after(Fields fields) {
        var text = fields.text("after");
        if (text == null) {
            return null;
        }
        var length = text.endsWith(IN_STAGE)
                ? Durations.parse(text.substring(0, text.length() - IN_STAGE.length()))
                : text.endsWith(WITHOUT_EVENTS)
                        ? Durations.parse(text.substring(0, text.length() - WITHOUT_EVENTS.length()))
                        : null;
        if (length == null || length.compareTo(Duration.ofMinutes(1)) < 0) {
            problems.error(
                    "wrong-type",
                    fields.placeOf("after"),
                    "\"%s\" does not say after what time.".formatted(text),
                    "Write for example 30 days without events, or 7 days in stage; at least a minute.");
            return null;
        }
        return new After(length, text.endsWith(IN_STAGE) ? Since.STAGE : Since.LAST_EVENT);
    }

    /** The move with which the journey begins anew: the name of an event, or a map with conditions; null for none. */
    @Nullable
    Move restart(@Nullable YamlNode node, @Nullable String start) {
        if (node == null || start == null) {
            return null;
        }
        places.put(Journey.RESTART, node.place());
        if (node.isText()) {
            return isEvent(node.text(), node.place())
                    ? restart(node.text(), new TreeSet<>(), conditions.read(null), start)
                    : null;
        }
        var fields = new Fields(node, "what begins the journey anew", problems);
        var event = fields.required("event");
        var from = from(fields);
        var alternatives = conditions.read(fields.take("if"));
        fields.finish();
        return event == null || !isEvent(event, fields.placeOf("event"))
                ? null
                : restart(event, from, alternatives, start);
    }

    private static Move restart(String event, SortedSet<String> from, List<Box> alternatives, String start) {
        return new Move(Journey.RESTART, event, null, from, alternatives, start, HIGHEST);
    }
}
