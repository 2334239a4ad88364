package io.tappa.api.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.engine.problem.Suggestion;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Takes fields out of a JSON object; what does not fit is refused with its pointer. */
public final class Field {
    /** The end of the year 9999; with later ones sums and differences overflow. */
    private static final long MOST_SECONDS = 253_402_300_799L;

    private static final int LENGTH_OF_DATE = 10;
    private static final Pattern SPACE_BEFORE_HOUR = Pattern.compile("^(\\d{4}-\\d\\d-\\d\\d) ");

    private Field() {}

    /** The text at {@code name}, or null when it is absent or null. Numbers are taken as their digits. */
    public static @Nullable String text(ObjectNode object, String name, String pointer) {
        var value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual() && !value.isNumber()) {
            throw wrong(pointer + "/" + name, "\"%s\" is no text.".formatted(name), "Send a JSON string.");
        }
        return value.asText();
    }

    /** The object at {@code name}, or null when it is absent or null. */
    public static @Nullable ObjectNode object(ObjectNode object, String name, String pointer) {
        var value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value instanceof ObjectNode inner) {
            return inner;
        }
        throw wrong(pointer + "/" + name, "\"%s\" is no object.".formatted(name), "Send a JSON object.");
    }

    /** The list at {@code name}, or null when it is absent or null. */
    public static @Nullable JsonNode list(ObjectNode object, String name, String pointer) {
        var value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isArray()) {
            return value;
        }
        throw wrong(pointer + "/" + name, "\"%s\" is no list.".formatted(name), "Send a JSON array.");
    }

    /** The moment that {@code text} names, ISO 8601 with a zone and a year of at most four digits; null when it is none. */
    public static @Nullable Instant moment(String text) {
        try {
            var moment = OffsetDateTime.parse(text).toInstant();
            return Math.abs(moment.getEpochSecond()) > MOST_SECONDS ? null : moment;
        } catch (DateTimeParseException noMoment) {
            return null;
        }
    }

    /** The moment that a query parameter names, or {@code otherwise} without it. */
    public static Instant moment(ServerRequest request, String name, Instant otherwise) {
        var text = request.queryParam(name).orElse(null);
        if (text == null) {
            return otherwise;
        }
        var moment = moment(text);
        if (moment == null) {
            throw wrong(name, "\"%s\" is no moment.".formatted(text), "Send for example 2026-03-02T10:00:00Z.");
        }
        return moment;
    }

    /** The same in milliseconds since 1970. */
    public static long millis(ServerRequest request, String name, long otherwise) {
        return request.queryParam(name).isEmpty()
                ? otherwise
                : moment(request, name, Instant.EPOCH).toEpochMilli();
    }

    /**
     * How many {@code things} a query parameter asks for, 1 to {@code most}, or {@code usual} without it; {@code orElse} tells what else
     * may be done by whoever wants more.
     */
    public static int number(ServerRequest request, String name, int usual, int most, String things, String orElse) {
        var text = request.queryParam(name).orElse(Integer.toString(usual));
        if (!text.matches("[1-9][0-9]{0,8}") || Integer.parseInt(text) > most) {
            throw wrong(
                    name,
                    "\"%s\" is no number of %s.".formatted(text, things),
                    "Send 1 to %d%s.".formatted(most, orElse));
        }
        return Integer.parseInt(text);
    }

    /** The moment that {@code text} names; a date, or a time without a zone, is meant in {@code zone}. */
    public static @Nullable Instant moment(String text, ZoneId zone) {
        var iso = SPACE_BEFORE_HOUR.matcher(text).replaceFirst("$1T");
        var zoned = moment(iso);
        if (zoned != null) {
            return zoned;
        }
        try {
            return text.length() <= 10
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeException noMoment) {
            return null;
        }
    }

    /** The first moment after {@code text}, which as in rules may be a date and then includes that day; or null. */
    public static @Nullable Instant end(String text, ZoneId zone) {
        var moment = moment(text, zone);
        return moment == null || text.length() != LENGTH_OF_DATE
                ? moment
                : moment.atZone(zone)
                        .toLocalDate()
                        .plusDays(1)
                        .atStartOfDay(zone)
                        .toInstant();
    }

    /** Refuses fields that nobody knows. */
    public static void only(ObjectNode object, String pointer, Collection<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw wrong(
                        pointer + "/" + name,
                        "\"%s\" means nothing here.".formatted(name),
                        Suggestion.cure(name, "possible fields", known));
            }
        });
    }

    /** A refusal of one field. */
    public static HttpProblem wrong(String pointer, String what, String cure) {
        return new HttpProblem(ProblemCode.INVALID_FIELD, pointer, what, cure);
    }
}
