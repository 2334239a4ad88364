package io.tappa.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.body.Body;
import io.tappa.api.store.LogLine;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.Proof;
import java.time.Instant;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event as the log keeps it: as it was understood and counted, so that it can be counted again.
 *
 * <p>One JSON object: {@code messageId}, {@code event}, {@code timestamp} corrected for the sender's clock, {@code
 * receivedAt}, {@code late} where it came too late to move anybody, {@code ids} by kind, {@code values} by dotted path.
 */
public final class LoggedEvent {
    private LoggedEvent() {}

    /** The line for an event that arrived at {@code receivedMillis}, perhaps too late to move anybody. */
    public static LogLine line(VisitorEvent event, long receivedMillis, boolean late) {
        var body = Body.create();
        body.put("messageId", event.messageId());
        body.put("event", event.name());
        body.put("timestamp", event.time().toString());
        body.put("receivedAt", Instant.ofEpochMilli(receivedMillis).toString());
        if (late) {
            body.put("late", true);
        }
        var ids = body.putObject("ids");
        event.ids().all().forEach(id -> ids.put(id.kind().key(), id.value()));
        var values = body.putObject("values");
        event.values().forEach(values::put);
        return new LogLine(LogLine.Kind.EVENT, Body.text(body));
    }

    /** The event that a line tells of, or null when it tells of none. */
    public static @Nullable VisitorEvent of(LogLine line) {
        if (line.kind() != LogLine.Kind.EVENT) {
            return null;
        }
        var body = Body.parsed(line.text());
        var ids = new ArrayList<Identity>();
        for (var kind : IdKind.values()) {
            var id = body.path("ids").path(kind.key());
            if (id.isTextual()) {
                ids.add(new Identity(kind, id.asText()));
            }
        }
        return ids.isEmpty()
                ? null
                : new VisitorEvent(
                        body.path("messageId").asText(),
                        new Identities(ids, Proof.ALL),
                        body.path("event").asText(),
                        Instant.parse(body.path("timestamp").asText()),
                        values(body.path("values")));
    }

    private static SortedMap<String, String> values(JsonNode object) {
        var values = new TreeMap<String, String>();
        object.properties()
                .forEach(value -> values.put(value.getKey(), value.getValue().asText()));
        return values;
    }
}
