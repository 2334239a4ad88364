package io.tappa.api.pack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That an earlier version be live again.
 *
 * @param to which: number of a release or hash of a version; null for the one before the live one
 * @param message why, or empty
 */
record RollbackForm(@Nullable String to, String message) {
    static RollbackForm of(JsonNode json) {
        if (!(json instanceof ObjectNode body)) {
            throw Field.wrong(
                    "", "The body is no JSON object.", "Send {\"to\": 3}, or nothing to go one version back.");
        }
        Field.only(body, "", List.of("to", "message"));
        return new RollbackForm(Field.text(body, "to", ""), PublishForm.message(body));
    }
}
