package io.tappa.api.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Client.Answer;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the SDKs of Segment and RudderStack really sent, recorded once, byte for byte but for the ids of people. */
@ExtendWith(SharedService.class)
class RecordedRequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Short forms that the browser SDK uses; until they have routes of their own they are sent to the long ones. */
    private static final Map<String, String> LONG_FORMS = Map.of(
            "/v1/b",
            "/v1/batch",
            "/v1/t",
            "/v1/track",
            "/v1/p",
            "/v1/page",
            "/v1/i",
            "/v1/identify",
            "/v1/a",
            "/v1/alias");

    private static final List<String> NOT_YET = List.of("/v1/g");

    private final Client client;

    RecordedRequestsTest(Service service) {
        this.client = service.client().with(null);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "segment-node, 1, 1",
        "segment-node-faults, 3, 0",
        "segment-browser-npm, 5, 0",
        "segment-browser-crossorigin, 5, 0",
        "segment-browser-batching-unload, 1, 0",
        "rudder-bundled, 4, 0",
        "rudder-bundled-batch, 2, 0",
        "rudder-node, 2, 0"
    })
    void areTaken(String recording, int requests, int refusals) throws IOException {
        var answers = new ArrayList<Answer>();
        for (var request : recorded(recording)) {
            answers.add(replay(request, recording));
        }

        assertThat(answers).hasSize(requests).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().path("success").asBoolean()).isTrue();
        });
        assertThat(answers.stream().flatMap(answer -> refused(answer).stream()))
                .hasSize(refusals)
                .allMatch(reason -> reason.matches("There is no type \"group\" of events\\."));
    }

    private static List<String> refused(Answer answer) {
        return answer.json().path("refused").findValuesAsText("detail");
    }

    private static List<JsonNode> recorded(String recording) throws IOException {
        var posts = new ArrayList<JsonNode>();
        try (var lines = RecordedRequestsTest.class.getResourceAsStream("/peers/%s.jsonl".formatted(recording))) {
            for (var line : new String(lines.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                var request = JSON.readTree(line);
                var path = request.path("url").asText();
                if (request.path("method").asText().equals("POST") && !NOT_YET.contains(path)) {
                    posts.add(request);
                }
            }
        }
        return posts;
    }

    private Answer replay(JsonNode recorded, String recording) throws IOException {
        var path = recorded.path("url").asText();
        var request = client.request(LONG_FORMS.getOrDefault(path, path));
        for (var name : List.of("content-type", "authorization", "content-encoding", "origin", "user-agent")) {
            if (recorded.path("headers").has(name)) {
                request.header(name, recorded.path("headers").path(name).asText());
            }
        }
        var body = own(recorded.path("body"), recording).toString().getBytes(StandardCharsets.UTF_8);
        boolean packed =
                recorded.path("headers").path("content-encoding").asText().equals("gzip");
        return client.send(request.POST(BodyPublishers.ofByteArray(packed ? gzip(body) : body))
                .build());
    }

    /** All recordings speak of the same people; here each has its own. */
    private static JsonNode own(JsonNode body, String recording) {
        for (var parent : body.findParents("messageId")) {
            for (var name : List.of("userId", "anonymousId")) {
                if (!parent.path(name).asText().isEmpty()) {
                    ((ObjectNode) parent)
                            .put(name, recording + parent.path(name).asText());
                }
            }
        }
        return body;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
