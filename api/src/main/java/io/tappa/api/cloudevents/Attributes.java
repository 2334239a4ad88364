package io.tappa.api.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Field;
import io.tappa.api.problem.HttpProblem;
import io.tappa.engine.identity.Identity;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one CloudEvent, wherever they stood.
 *
 * @param event all of them, with {@code data}, as the JSON format of the specification has them
 * @param place where the attribute of a name stands, for messages: a JSON pointer, or a header
 */
record Attributes(ObjectNode event, UnaryOperator<String> place) {
    /** The attribute called {@code name}, which must be there. */
    String needed(String name) {
        var text = text(name);
        if (text == null) {
            throw wrong(
                    name,
                    "The event has no \"%s\".".formatted(name),
                    "Send specversion, id, source and type, in the body with Content-Type application/cloudevents+json,"
                            + " or as headers ce-specversion, ce-id, ce-source and ce-type.");
        }
        return text;
    }

    /** The attribute called {@code name}, or null when it is absent or empty. */
    @Nullable
    String text(String name) {
        var value = event.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual() && !value.isNumber()) {
            throw wrong(name, "\"%s\" is no text.".formatted(name), "Send a JSON string.");
        }
        return value.asText().isBlank() ? null : value.asText();
    }

    /** The payload as an object, or null when there is none. */
    @Nullable
    ObjectNode data() {
        if (event.hasNonNull("data_base64")) {
            throw wrong("data_base64", "The data are packed into text.", "Send them as a JSON object in \"data\".");
        }
        JsonNode data = event.path("data");
        if (data.isMissingNode() || data.isNull()) {
            return null;
        }
        if (data instanceof ObjectNode object) {
            return object;
        }
        throw wrong("data", "The data are no JSON object.", "Send for example {\"order_id\":\"o-1\",\"total\":12.50}.");
    }

    /** {@code id}, which stands in the attribute called {@code name}, if it can be one. */
    String id(String name, String id) {
        if (!Identity.isAcceptable(id)) {
            throw wrong(
                    name,
                    "This cannot be the id of a visitor.",
                    "Use 1 to %d printable characters.".formatted(Identity.LONGEST));
        }
        return id;
    }

    /** A refusal of the attribute called {@code name}. */
    HttpProblem wrong(String name, String what, String cure) {
        return Field.wrong(place.apply(name), what, cure);
    }
}
