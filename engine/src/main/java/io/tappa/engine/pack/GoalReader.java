package io.tappa.engine.pack;

import io.tappa.engine.experiment.Goal;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Reads the value of {@code goal}: {@code { on: Order Completed, within: 7 days, measure: total }}. */
final class GoalReader {
    private final @Nullable SortedSet<String> events;
    private final Problems problems;

    /** A reader who knows the names of {@code events}; null where nothing can be said about them. */
    GoalReader(@Nullable SortedSet<String> events, Problems problems) {
        this.events = events;
        this.problems = problems;
    }

    /** The goal, or null after noting what it lacks. */
    @Nullable
    Goal read(YamlNode map) {
        var fields = new Fields(map, "a goal", problems);
        var event = fields.required("on");
        var within = fields.duration("within");
        if (!fields.has("within")) {
            fields.required("within");
        }
        var measure = fields.text("measure");
        fields.finish();
        if (event != null && events != null && !events.contains(event)) {
            problems.warning(
                    "unknown-event",
                    fields.placeOf("on"),
                    "No fact and no move knows the event \"%s\".".formatted(event),
                    Suggestion.cure(event, "events they know", events));
        }
        return event == null || within == null ? null : new Goal(event, within, measure);
    }
}
