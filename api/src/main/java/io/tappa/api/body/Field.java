package io.tappa.api.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.engine.problem.Suggestion;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Takes fields out of a JSON object; what does not fit is refused with its pointer. */
public final class Field {
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
