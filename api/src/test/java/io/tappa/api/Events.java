package io.tappa.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as sites send them. */
public final class Events {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Events() {}

    /** A track call; null leaves an id out. */
    public static ObjectNode track(
            String messageId, @Nullable String anonymousId, @Nullable String userId, String event) {
        return ids(messageId, anonymousId, userId).put("type", "track").put("event", event);
    }

    /** An identify call. */
    public static ObjectNode identify(String messageId, @Nullable String anonymousId, @Nullable String userId) {
        return ids(messageId, anonymousId, userId).put("type", "identify");
    }

    private static ObjectNode ids(String messageId, @Nullable String anonymousId, @Nullable String userId) {
        var event = JSON.objectNode().put("messageId", messageId);
        if (anonymousId != null) {
            event.put("anonymousId", anonymousId);
        }
        if (userId != null) {
            event.put("userId", userId);
        }
        return event;
    }

    /** The same event with the time when it happened. */
    public static ObjectNode at(Instant time, ObjectNode event) {
        return event.put("timestamp", time.toString());
    }

    /** The same event with one property. */
    public static ObjectNode with(String name, Object value, ObjectNode event) {
        event.withObjectProperty("properties").set(name, JSON.pojoNode(value));
        return event;
    }

    /** A batch of {@code events}. */
    public static ObjectNode batch(List<? extends JsonNode> events) {
        var body = JSON.objectNode();
        body.putArray("batch").addAll(List.copyOf(events));
        return body;
    }

    /** A batch of {@code events}. */
    public static ObjectNode batch(JsonNode... events) {
        return batch(List.of(events));
    }

    /** A body with one text. */
    public static ObjectNode body(String name, String value) {
        return JSON.objectNode().put(name, value);
    }

    /** A question for all placements of {@code touchpoint}. */
    public static ObjectNode question(@Nullable String anonymousId, @Nullable String userId, String touchpoint) {
        var body = JSON.objectNode().put("touchpoint", touchpoint);
        var visitor = body.putObject("visitor");
        if (anonymousId != null) {
            visitor.put("anonymousId", anonymousId);
        }
        if (userId != null) {
            visitor.put("userId", userId);
        }
        return body;
    }
}
