package io.tappa.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.problem.Suggestion;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Understands one event in the shape of the Segment specification.
 *
 * <p>Time: received − (sent − timestamp), so that a wrong clock of the sender cancels out; never in the future.
 */
public final class EventParser {
    /** Largest event, in characters of JSON. */
    public static final int LARGEST = 32_000;

    private static final Duration MOST_FUTURE = Duration.ofHours(24);
    private static final Map<String, String> NAMES = Map.of(
            "page", VisitorEvent.PAGE_VIEWED,
            "screen", VisitorEvent.SCREEN_VIEWED,
            "identify", VisitorEvent.IDENTIFIED,
            "alias", VisitorEvent.ALIASED);
    private static final List<String> TYPES = List.of("track", "page", "screen", "identify", "alias");

    private final Instant received;
    private final @Nullable Instant batchSent;
    private final @Nullable String list;
    private final PackSnapshot pack;

    /**
     * A parser of events in a list.
     *
     * @param received when they arrived
     * @param batchSent when they were sent, by the sender's clock, where it says so
     * @param list JSON pointer of the list, or null for a single event that is the whole body
     * @param pack in whose currency amounts are told
     */
    public EventParser(Instant received, @Nullable String batchSent, @Nullable String list, PackSnapshot pack) {
        this.received = received.truncatedTo(ChronoUnit.MILLIS);
        this.batchSent = batchSent == null ? null : Field.moment(batchSent);
        this.list = list;
        this.pack = pack;
    }

    /** Whether the event is the whole body. */
    public boolean isAlone() {
        return list == null;
    }

    /** JSON pointer of the event at {@code index}. */
    public String pointer(int index) {
        return list == null ? "" : list + "/" + index;
    }

    /**
     * What one event says, or why it says nothing: exactly one of the two.
     *
     * @param incoming the event
     * @param refusal why there is none
     */
    public record Parsed(
            @Nullable IncomingEvent incoming, @Nullable Refusal refusal) {}

    /**
     * Reads the event at {@code index} of a batch.
     *
     * @param type what kind it is, or null where the event says so itself
     * @param forcedIds ids that count instead of the event's own, or null
     */
    public Parsed parse(int index, JsonNode node, @Nullable String type, @Nullable Identities forcedIds) {
        var pointer = pointer(index);
        var messageId = node.path("messageId").asText("");
        try {
            if (!(node instanceof ObjectNode event)) {
                throw Field.wrong(pointer, "The event is no object.", "Send one JSON object for each event.");
            }
            int length = Body.text(event).length();
            if (length > LARGEST) {
                return refused(
                        index,
                        messageId,
                        Problem.error(
                                "too-large",
                                Place.pointer(pointer),
                                "The event has %,d characters of JSON; %,d are possible.".formatted(length, LARGEST),
                                "Leave out large properties."));
            }
            return new Parsed(new IncomingEvent(index, pointer, event(event, pointer, type, forcedIds)), null);
        } catch (HttpProblem wrong) {
            return refused(index, messageId, wrong.problems().get(0));
        }
    }

    private static Parsed refused(int index, String messageId, Problem problem) {
        var shortened = messageId.length() <= VisitorEvent.LONGEST_ID
                ? messageId
                : messageId.substring(0, VisitorEvent.LONGEST_ID);
        return new Parsed(null, new Refusal(index, shortened, problem));
    }

    private VisitorEvent event(
            ObjectNode event, String pointer, @Nullable String givenType, @Nullable Identities forcedIds) {
        EventShape.check(event, pointer);
        var type = givenType != null ? givenType : Field.text(event, "type", pointer);
        if (type == null || !TYPES.contains(type)) {
            throw Field.wrong(
                    pointer + "/type",
                    type == null ? "The event has no type." : "There is no type \"%s\" of events.".formatted(type),
                    Suggestion.cure(type == null ? "" : type, "types", TYPES));
        }
        var name = name(event, type, pointer);
        var time = time(event, pointer);
        var values = inOwnCurrency(values(event, pointer), time, pointer);
        ConsentShape.check(name, values, pointer);
        return new VisitorEvent(
                messageId(event, pointer),
                forcedIds != null ? forcedIds : EventIds.of(event, type, pointer),
                name,
                time,
                values);
    }

    private SortedMap<String, String> inOwnCurrency(SortedMap<String, String> values, Instant time, String pointer) {
        var day = LocalDate.ofInstant(time, pack.settings().zone());
        var obstacle = pack.money().obstacle(values, day, pointer);
        if (obstacle != null) {
            throw new HttpProblem(ProblemCode.INVALID_FIELD, List.of(obstacle));
        }
        return pack.money().inOwn(values, day);
    }

    private static String messageId(ObjectNode event, String pointer) {
        var id = Field.text(event, "messageId", pointer);
        if (id == null || id.isEmpty()) {
            return UUID.randomUUID().toString();
        }
        if (id.length() > VisitorEvent.LONGEST_ID) {
            throw Field.wrong(
                    pointer + "/messageId",
                    "The messageId has %d characters; %d are possible.".formatted(id.length(), VisitorEvent.LONGEST_ID),
                    "Use a UUID.");
        }
        return id;
    }

    private static String name(ObjectNode event, String type, String pointer) {
        var name = NAMES.get(type);
        if (name != null) {
            return name;
        }
        var own = Field.text(event, "event", pointer);
        if (own == null || own.isBlank() || own.length() > VisitorEvent.LONGEST_NAME) {
            throw Field.wrong(
                    pointer + "/event",
                    "A track call needs the name of the event, at most %d characters."
                            .formatted(VisitorEvent.LONGEST_NAME),
                    "Send for example \"event\": \"Product Viewed\".");
        }
        if (VisitorEvent.RESERVED.contains(own.trim())) {
            throw Field.wrong(
                    pointer + "/event",
                    "Only the service itself says \"%s\".".formatted(own.trim()),
                    "Give the event another name; a stage is set by POST /v1/visitors/{id}/journeys/{journey}:move.");
        }
        return own.trim();
    }

    private Instant time(ObjectNode event, String pointer) {
        var field = event.hasNonNull("timestamp") ? "timestamp" : "originalTimestamp";
        var stamp = moment(event, field, pointer);
        var ownSent = moment(event, "sentAt", pointer);
        if (stamp == null) {
            return received;
        }
        var sent = ownSent != null ? ownSent : batchSent;
        var time = sent == null ? stamp : received.minus(Duration.between(stamp, sent));
        if (time.isAfter(received.plus(MOST_FUTURE)) || time.isBefore(Instant.EPOCH)) {
            throw Field.wrong(
                    pointer + "/" + field,
                    "The time \"%s\" lies too far away.".formatted(stamp),
                    "Send the time when it happened, such as 2026-03-02T10:00:00Z.");
        }
        return (time.isAfter(received) ? received : time).truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable Instant moment(ObjectNode event, String name, String pointer) {
        var text = Field.text(event, name, pointer);
        if (text == null || text.isEmpty()) {
            return null;
        }
        var moment = Field.moment(text);
        if (moment == null) {
            throw Field.wrong(
                    pointer + "/" + name,
                    "\"%s\" is no time.".formatted(name),
                    "Send ISO 8601 with a zone, such as 2026-03-02T10:00:00.000Z.");
        }
        return moment;
    }

    private static SortedMap<String, String> values(ObjectNode event, String pointer) {
        var values = new TreeMap<String, String>();
        flatten(Field.object(event, "properties", pointer), "", values);
        flatten(Field.object(event, "traits", pointer), VisitorEvent.TRAITS, values);
        flatten(Field.object(event, "context", pointer), "context.", values);
        return values;
    }

    private static void flatten(@Nullable JsonNode node, String path, Map<String, String> values) {
        if (node == null || node.isNull()) {
            return;
        }
        if (node.isValueNode()) {
            values.put(path.substring(0, path.length() - 1), node.asText());
        } else if (node.isObject()) {
            node.properties().forEach(field -> flatten(field.getValue(), path + field.getKey() + ".", values));
        } else {
            for (int i = 0; i < node.size(); i++) {
                flatten(node.get(i), path + i + ".", values);
            }
        }
    }
}
