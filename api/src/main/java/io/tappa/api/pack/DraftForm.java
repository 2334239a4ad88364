package io.tappa.api.pack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * That there be a draft.
 *
 * @param from name of the version it is made from, or null for the live one
 * @param message what it is for, or empty
 */
record DraftForm(@Nullable String from, String message) {
    static DraftForm of(ObjectNode body) {
        Field.only(body, "", List.of("from", "message"));
        return new DraftForm(Field.text(body, "from", ""), PublishForm.message(body));
    }

    /** The body of a request that needs none; an empty object without one. */
    static Mono<ObjectNode> body(ServerRequest request) {
        return Body.json(request).switchIfEmpty(Mono.fromSupplier(Body::create)).map(DraftForm::object);
    }

    private static ObjectNode object(JsonNode json) {
        if (json instanceof ObjectNode body) {
            return body;
        }
        throw Field.wrong("", "The body is no JSON object.", "Send a JSON object, or nothing.");
    }
}
