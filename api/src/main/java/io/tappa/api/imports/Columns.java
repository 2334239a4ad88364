package io.tappa.api.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Field;
import io.tappa.api.problem.HttpProblem;
import io.tappa.engine.identity.Identity;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes fields out of a row, whatever the spelling of their columns: {@code user_id}, {@code userId}, {@code User ID}. */
final class Columns {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[_ -]");

    private final ObjectNode rest;
    private final ZoneId zone;
    private final Map<String, String> byPlainName = new HashMap<>();

    Columns(ObjectNode row, ZoneId zone) {
        this.rest = row.deepCopy();
        this.zone = zone;
        row.fieldNames().forEachRemaining(name -> byPlainName.putIfAbsent(plain(name), name));
    }

    private static String plain(String name) {
        return BETWEEN_WORDS.matcher(name).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** What no one has taken. */
    ObjectNode rest() {
        return rest;
    }

    /** Takes the first column there is of {@code names}, in plain spelling; null when there is none, or it is empty. */
    @Nullable
    JsonNode take(String... names) {
        for (var name : names) {
            var column = byPlainName.get(name);
            var value = column == null ? null : rest.remove(column);
            boolean empty = value == null
                    || value.isNull()
                    || (value.isValueNode() && value.asText().isBlank());
            if (!empty) {
                return value;
            }
        }
        return null;
    }

    /** The same as text. */
    @Nullable
    String text(String... names) {
        var value = take(names);
        if (value == null) {
            return null;
        }
        if (!value.isValueNode()) {
            throw wrong(names[0], "\"%s\" is no single value.".formatted(names[0]), "Send a text or a number.");
        }
        return value.asText().trim();
    }

    /** The same as text, which must be there. */
    String needed(String... names) {
        var text = text(names);
        if (text == null) {
            throw wrong(
                    names[0], "The row has no \"%s\".".formatted(names[0]), "Fill the column %s.".formatted(names[0]));
        }
        return text;
    }

    /** An id of a visitor, or null. */
    @Nullable
    String id(String... names) {
        var id = text(names);
        if (id != null && !Identity.isAcceptable(id)) {
            throw wrong(
                    names[0],
                    "\"%s\" cannot be the id of a visitor.".formatted(names[0]),
                    "Use 1 to %d printable characters.".formatted(Identity.LONGEST));
        }
        return id;
    }

    /** A moment: ISO 8601; a date or a time without a zone is meant in the pack's zone. Null when there is none. */
    @Nullable
    Instant moment(String... names) {
        var text = text(names);
        if (text == null) {
            return null;
        }
        var moment = Field.moment(text, zone);
        if (moment == null) {
            throw wrong(
                    names[0],
                    "\"%s\" is no time.".formatted(text),
                    "Write for example 2026-03-02T10:00:00Z, 2026-03-02 10:00 or 2026-03-02.");
        }
        return moment;
    }

    /** A refusal of the row. */
    static HttpProblem wrong(String column, String what, String cure) {
        return Field.wrong("/" + column, what, cure);
    }
}
