package io.tappa.api.event;

import io.tappa.api.body.Body;
import io.tappa.engine.visitor.RecentEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Moves that became final, as lines of JSON: what, when, and the event that shows it. */
final class Ledger {
    private Ledger() {}

    static List<String> lines(List<RecentEvent> settled) {
        var lines = new ArrayList<String>();
        for (var event : settled) {
            for (var step : event.steps()) {
                var line = Body.create();
                line.put("journey", step.journey());
                line.put("stage", step.stage());
                line.put("at", Instant.ofEpochMilli(step.atMillis()).toString());
                line.put("move", step.move());
                line.put("event", step.event());
                line.put("messageId", event.messageId());
                line.put(event.lane().kind().key(), event.lane().value());
                lines.add(Body.text(line));
            }
        }
        return lines;
    }
}
