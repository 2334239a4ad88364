package io.tappa.api.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.visitor.RecentEvent;
import io.tappa.engine.visitor.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Moves that became final, as lines of JSON: what, when, and the event that shows it. */
public final class Ledger {
    private static final String REASON = "reason";

    private Ledger() {}

    /** One line for each move of {@code settled}, in order. */
    public static List<String> lines(List<RecentEvent> settled) {
        var lines = new ArrayList<String>();
        for (var event : settled) {
            for (var step : event.steps()) {
                var line = line(step, event.lane());
                if (!event.messageId().isEmpty()) {
                    line.put("messageId", event.messageId());
                }
                var reason = event.values().get(REASON);
                if (reason != null && event.name().equals(VisitorEvent.STAGE_SET)) {
                    line.put(REASON, reason);
                }
                lines.add(Body.text(line));
            }
        }
        return lines;
    }

    /** What {@code step} changed, and under which id. */
    public static ObjectNode line(Step step, Identity lane) {
        var line = Body.create();
        line.put("journey", step.journey());
        line.put("stage", step.stage());
        line.put("at", Instant.ofEpochMilli(step.atMillis()).toString());
        line.put("move", step.move());
        line.put("event", step.event());
        line.put(lane.kind().key(), lane.value());
        return line;
    }
}
