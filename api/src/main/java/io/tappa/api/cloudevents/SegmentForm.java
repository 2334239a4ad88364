package io.tappa.api.cloudevents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.IdKind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Says what a CloudEvent says in the shape of the Segment specification. */
final class SegmentForm {
    private static final String VERSION = "1.0";
    private static final String USER = "userId";
    private static final String DEVICE = "anonymousId";
    private static final String CARD = "card:";

    private SegmentForm() {}

    static ObjectNode of(Attributes from) {
        var version = from.needed("specversion");
        if (!version.equals(VERSION)) {
            throw from.wrong(
                    "specversion",
                    "Version \"%s\" of CloudEvents is not understood.".formatted(version),
                    "Send events of version 1.0.");
        }
        var event = Body.create();
        event.put("type", "track");
        event.put("messageId", messageId(from.needed("source"), from.needed("id")));
        var data = from.data();
        event.put("event", name(from, data));
        var context = event.putObject("context").put("source", from.needed("source"));
        visitor(event, from, data);
        time(event, from);
        if (data != null) {
            event.set("properties", data);
        }
        var userHash = from.text("userhash");
        if (userHash != null) {
            context.put("userHash", userHash);
        }
        return event;
    }

    /** An event is the same when source and id are; a source has no spaces. */
    private static String messageId(String source, String id) {
        var both = source + " " + id;
        return both.length() <= VisitorEvent.LONGEST_ID
                ? both
                : "sha256:" + Hashes.hex(both.getBytes(StandardCharsets.UTF_8));
    }

    /** The extension {@code event} or the field of that name in the data says it; else the type does. */
    private static String name(Attributes from, @Nullable ObjectNode data) {
        var own = from.text("event");
        var inData = data == null ? null : data.get("event");
        if (own == null
                && inData != null
                && inData.isTextual()
                && !inData.asText().isBlank()) {
            own = inData.asText();
        }
        var type = from.needed("type");
        var name = own == null ? EventNames.of(type) : own.trim();
        if (name.length() > VisitorEvent.LONGEST_NAME) {
            throw from.wrong(
                    own == null ? "type" : "event",
                    "The event is called by %d characters; %d are possible."
                            .formatted(name.length(), VisitorEvent.LONGEST_NAME),
                    "Send a type such as com.shop.order.completed, which counts as Order Completed.");
        }
        return name;
    }

    /** A subject that names its kind of id always counts; a plain one only when the data name nobody. */
    private static void visitor(ObjectNode event, Attributes from, @Nullable ObjectNode data) {
        var subject = from.text("subject");
        if (subject != null && subject.startsWith(USER + ":")) {
            event.put(USER, from.id("subject", subject.substring(USER.length() + 1)));
        } else if (subject != null && subject.startsWith(DEVICE + ":")) {
            event.put(DEVICE, from.id("subject", subject.substring(DEVICE.length() + 1)));
        } else if (subject != null && subject.startsWith(CARD)) {
            event.withObject("/context")
                    .putArray("externalIds")
                    .addObject()
                    .put("type", IdKind.CARD.key())
                    .put("id", from.id("subject", subject.substring(CARD.length())));
        }
        copy(event, USER, from, data);
        copy(event, DEVICE, from, data);
        boolean hasCard = event.path("context").has("externalIds");
        if (subject != null && !hasCard && !event.has(USER) && !event.has(DEVICE)) {
            event.put(USER, from.id("subject", subject));
        }
        if (!hasCard && !event.has(USER) && !event.has(DEVICE)) {
            throw from.wrong(
                    "subject",
                    "The event says of nobody that it happened to them.",
                    "Send a subject such as userId:u-1, anonymousId:a-1 or card:123, or data.userId.");
        }
    }

    private static void copy(ObjectNode event, String name, Attributes from, @Nullable ObjectNode data) {
        var id = data == null || event.has(name) ? null : data.get(name);
        if (id == null || id.isNull()) {
            return;
        }
        if (!id.isTextual() && !id.isNumber()) {
            throw from.wrong("data", "\"%s\" in the data is no text.".formatted(name), "Send a JSON string.");
        }
        if (!id.asText().isEmpty()) {
            event.put(name, from.id("data", id.asText()));
        }
    }

    private static void time(ObjectNode event, Attributes from) {
        var time = from.text("time");
        if (time == null) {
            return;
        }
        if (Field.moment(time) == null) {
            throw from.wrong(
                    "time", "\"time\" is no time.", "Send RFC 3339 with a zone, such as 2026-03-02T10:00:00.000Z.");
        }
        event.put("timestamp", time);
    }
}
