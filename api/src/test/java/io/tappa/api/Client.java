package io.tappa.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks a running service over HTTP.
 *
 * @param service where it is
 * @param key sent as Bearer token, or null for none
 */
public record Client(URI service, @Nullable String key) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int AT_ONCE = 64;

    /**
     * What the service said.
     *
     * @param retryAfter the header Retry-After, empty without it
     * @param allow the header Allow, empty without it
     * @param etag the header ETag, empty without it
     */
    public record Answer(int status, String contentType, String retryAfter, String allow, String etag, String body) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException noJson) {
                throw new AssertionError("no JSON: " + body, noJson);
            }
        }

        /** The problem's stable code. */
        public String code() {
            return json().path("code").asText();
        }

        static Answer of(HttpResponse<String> response) {
            var headers = response.headers();
            return new Answer(
                    response.statusCode(),
                    headers.firstValue("Content-Type").orElse(""),
                    headers.firstValue("Retry-After").orElse(""),
                    headers.firstValue("Allow").orElse(""),
                    headers.firstValue("ETag").orElse(""),
                    response.body());
        }
    }

    /** The same service, asked with another key. */
    public Client with(@Nullable String otherKey) {
        return new Client(service, otherKey);
    }

    public Answer get(String path) {
        return send(request(path).GET().build());
    }

    public Answer post(String path, String body) {
        return send(posting(path, body));
    }

    public Answer post(String path, JsonNode body) {
        return post(path, body.toString());
    }

    /** The lines of JSON at {@code path}. */
    public List<ObjectNode> lines(String path) {
        return send(request(path).header("Accept", "application/x-ndjson").build())
                .body()
                .lines()
                .map(Body::parsed)
                .toList();
    }

    public Answer delete(String path) {
        return send(request(path).DELETE().build());
    }

    /** A request to add headers to. */
    public HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(service + path)).timeout(Duration.ofSeconds(60));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private HttpRequest posting(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    /** Sends a request, and once more when the service had just closed the connection, as clients do. */
    public Answer send(HttpRequest request) {
        try {
            return Answer.of(HTTP.send(request, BodyHandlers.ofString()));
        } catch (IOException closed) {
            return sent(request).join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }

    public CompletableFuture<Answer> posted(String path, String body) {
        return sent(posting(path, body));
    }

    private static CompletableFuture<Answer> sent(HttpRequest request) {
        return HTTP.sendAsync(request, BodyHandlers.ofString()).thenApply(Answer::of);
    }

    /** Gets the path of each item, many at once; the answers come in the order of the items. */
    public <T> List<Answer> getAll(List<T> items, Function<T, String> path) {
        return atOnce(items, item -> sent(request(path.apply(item)).GET().build()));
    }

    /** Asks for each item, {@value #AT_ONCE} at once; the answers come in the order of the items. */
    public static <T> List<Answer> atOnce(List<T> items, Function<T, CompletableFuture<Answer>> ask) {
        var permits = new Semaphore(AT_ONCE);
        var answers = items.stream()
                .map(item -> {
                    permits.acquireUninterruptibly();
                    return ask.apply(item).whenComplete((answer, failed) -> permits.release());
                })
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }
}
