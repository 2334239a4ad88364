package io.tappa.api.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import java.io.IOException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Reads and writes JSON bodies whatever the declared content type: browsers send beacons and SDKs send events as
 * {@code text/plain}.
 */
public final class Body {
    /** Largest body, in bytes. */
    public static final int LARGEST = 500_000;

    /** Objects and lists within each other; of one event far fewer are possible. */
    private static final int DEEPEST = 500;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Body() {}

    /** The body as a JSON object. */
    public static Mono<ObjectNode> object(ServerRequest request) {
        return object(request, LARGEST);
    }

    /** The body of at most {@code largest} bytes as a JSON object. */
    public static Mono<ObjectNode> object(ServerRequest request, int largest) {
        return json(request, largest)
                .switchIfEmpty(Mono.error(() -> notAnObject("The body is empty.")))
                .map(Body::object);
    }

    /** JSON that this product wrote itself. */
    public static ObjectNode parsed(String own) {
        try {
            return (ObjectNode) JSON.readTree(own);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("Stored JSON cannot be read.", broken);
        }
    }

    /** The body as JSON of any kind; empty when there is no body. */
    public static Mono<JsonNode> json(ServerRequest request) {
        return json(request, LARGEST);
    }

    private static Mono<JsonNode> json(ServerRequest request, int largest) {
        return DataBufferUtils.join(request.exchange().getRequest().getBody(), largest)
                .map(Body::parse);
    }

    /** The JSON value that {@code text} is. */
    public static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    private static JsonNode parse(DataBuffer buffer) {
        try (var bytes = buffer.asInputStream(true)) {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException bad) {
            var at = bad.getLocation();
            var place = at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
            throw notAnObject("The body is no JSON%s.".formatted(place));
        } catch (IOException bad) {
            throw notAnObject("The body is no JSON in UTF-8.");
        }
    }

    private static ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw notAnObject("The body is no JSON object.");
    }

    private static HttpProblem notAnObject(String what) {
        return new HttpProblem(ProblemCode.BAD_JSON, "", what, "Send one JSON object, in UTF-8.");
    }

    /** An empty object to fill. */
    public static ObjectNode create() {
        return JSON.createObjectNode();
    }

    /** An answer with {@code body}. */
    public static Mono<ServerResponse> answer(JsonNode body) {
        return answer(HttpStatus.OK, body);
    }

    /** An answer with {@code body} and a status of its own. */
    public static Mono<ServerResponse> answer(HttpStatus status, JsonNode body) {
        return answer(ServerResponse.status(status), body);
    }

    /** The same with the header ETag, which names what is answered. */
    public static Mono<ServerResponse> answer(HttpStatus status, JsonNode body, String etag) {
        return answer(ServerResponse.status(status).eTag(etag), body);
    }

    private static Mono<ServerResponse> answer(ServerResponse.BodyBuilder answer, JsonNode body) {
        var bytes = bytes(body);
        return answer.contentType(MediaType.APPLICATION_JSON)
                .contentLength(bytes.length)
                .build((exchange, context) -> {
                    var response = exchange.getResponse();
                    return response.writeWith(Mono.just(response.bufferFactory().wrap(bytes)));
                });
    }

    private static byte[] bytes(JsonNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A tree is always JSON.", impossible);
        }
    }

    /** The object as JSON text. */
    public static String text(JsonNode body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A tree is always JSON.", impossible);
        }
    }
}
