package io.tappa.api.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Talks to a running service; what it cannot take now is tried again for a while. */
final class ServiceClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long PAUSE_MILLIS = 250;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI service;
    private final String key;
    private final String secretKey;

    ServiceClient(URI service, String key, String secretKey) {
        this.service = service;
        this.key = key;
        this.secretKey = secretKey;
    }

    /** Posts {@code body} with the key for events. */
    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return send(posting(path, body));
    }

    /** The same, where an answer of status {@code other} says something, too. */
    JsonNode post(String path, String body, int other) throws IOException, InterruptedException {
        var request = posting(path, body);
        var answer = answered(request);
        return answer.statusCode() == other ? JSON.readTree(answer.body()) : understood(request, answer);
    }

    private HttpRequest posting(String path, String body) {
        return request(path, key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    /** Gets {@code path} with the secret key. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path, secretKey).GET().build());
    }

    /** Puts {@code body} at {@code path} with the secret key, if what is said by one more header holds. */
    JsonNode put(String path, String body, String header, String value) throws IOException, InterruptedException {
        return send(request(path, secretKey)
                .header(header, value)
                .PUT(BodyPublishers.ofString(body))
                .build());
    }

    /** Deletes what is at {@code path} with the secret key, if what is said by one more header holds. */
    JsonNode delete(String path, String header, String value) throws IOException, InterruptedException {
        return send(request(path, secretKey).header(header, value).DELETE().build());
    }

    /** Deletes what is at {@code path} with the secret key. */
    JsonNode delete(String path) throws IOException, InterruptedException {
        return send(request(path, secretKey).DELETE().build());
    }

    /** Posts a stream with the secret key, once and however long it takes. */
    HttpResponse<String> upload(String path, String contentType, InputStream body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service.resolve(path))
                .header("Authorization", "Bearer " + secretKey)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofInputStream(() -> body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** The lines that stand at {@code path}. */
    List<String> lines(String path) throws IOException, InterruptedException {
        var answer = http.send(request(path, secretKey).GET().build(), BodyHandlers.ofLines());
        try (var lines = answer.body()) {
            return lines.toList();
        }
    }

    /** Gets {@code path} with the secret key; null where there is no such thing. */
    @Nullable
    JsonNode find(String path) throws IOException, InterruptedException {
        var request = request(path, secretKey).GET().build();
        var answer = answered(request);
        return answer.statusCode() == NOT_FOUND ? null : understood(request, answer);
    }

    /** Takes each line of the NDJSON that stands at {@code path}, however many there are and however long it takes. */
    void eachLine(String path, Consumer<String> line) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service.resolve(path))
                .header("Authorization", "Bearer " + secretKey)
                .header("Accept", "application/x-ndjson")
                .build();
        var answer = http.send(request, BodyHandlers.ofLines());
        try (var lines = answer.body()) {
            if (answer.statusCode() != OK) {
                throw failed(request, answer.statusCode(), lines.collect(Collectors.joining("\n")));
            }
            lines.forEach(line);
        } catch (UncheckedIOException broken) {
            throw new CommandFailed("%s broke off in the middle of %s."
                    .formatted(service, request.uri().getPath()));
        }
    }

    private HttpRequest.Builder request(String path, String with) {
        return HttpRequest.newBuilder(service.resolve(path)).timeout(ANSWER).header("Authorization", "Bearer " + with);
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        return understood(request, answered(request));
    }

    private HttpResponse<String> answered(HttpRequest request) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var answer = once(request);
            boolean later = answer == null || answer.statusCode() == 503 || answer.statusCode() == 429;
            if (answer != null && !later) {
                return answer;
            }
            if (System.nanoTime() > end) {
                throw new CommandFailed("%s does not take %s: %s."
                        .formatted(
                                service,
                                request.uri().getPath(),
                                answer == null ? "no connection" : "status " + answer.statusCode()));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private @Nullable HttpResponse<String> once(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException notReached) {
            return null;
        }
    }

    private JsonNode understood(HttpRequest request, HttpResponse<String> answer) throws JsonProcessingException {
        if (answer.statusCode() / 100 == OK / 100) {
            return JSON.readTree(answer.body());
        }
        throw failed(request, answer.statusCode(), answer.body());
    }

    private CommandFailed failed(HttpRequest request, int status, String body) {
        return new CommandFailed("%s answers %d to %s: %s"
                .formatted(service, status, request.uri().getPath(), detail(body)));
    }

    /** What a problem says, and how to mend it. */
    static String detail(String body) {
        try {
            var problem = JSON.readTree(body);
            var cure = problem.at("/errors/0/cure").asText();
            return (problem.path("detail").asText(body) + " " + cure).strip();
        } catch (JsonProcessingException noJson) {
            return body;
        }
    }
}
