package io.tappa.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Client.Answer;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the service says what is wrong with it and goes on. */
@Timeout(60)
@ExtendWith(SharedService.class)
class HostileBodiesTest {
    private static final int LARGEST_BODY = 500_000;
    private static final int LARGEST_EVENT = 32_000;

    private final Client client;
    private final String id = UUID.randomUUID().toString();

    HostileBodiesTest(Service service) {
        this.client = service.client();
    }

    @Test
    void takesABodyOfTheLargestSizeAndRefusesOneByteMore() {
        var fits = "{\"batch\":[]}" + " ".repeat(LARGEST_BODY - 12);

        assertThat(client.post("/v1/batch", fits).status()).isEqualTo(200);
        tooLarge(client.post("/v1/batch", fits + " "));
        tooLarge(client.post("/v1/decisions", fits + " "));
        tooLarge(client.post("/v1/track", " ".repeat(10_000_000)));
    }

    @Test
    void refusesALargeEventAndCountsTheOthers() {
        var large = Events.with("text", "x".repeat(LARGEST_EVENT), event("large"));
        var many = event("many");
        IntStream.range(0, 10_000).forEach(i -> many.withObject("/properties").put("p" + i, i));

        var answer = client.post("/v1/batch", Events.batch(event("before"), large, many, event("after")));

        assertThat(answer.json().path("accepted").asInt()).isEqualTo(2);
        refusals(answer, "1 too-large /batch/1", "2 too-large /batch/2");
        assertThat(client.post("/v1/track", large).json().at("/errors/0/code").asText())
                .isEqualTo("too-large");
    }

    @Test
    void takesNoEventsAndFiveThousand() {
        assertThat(client.post("/v1/batch", Events.batch()).status()).isEqualTo(200);
        var events = IntStream.range(0, 5_000)
                .mapToObj(i -> Events.track("n" + i, "m" + i % 700, null, "e"))
                .toList();

        var answer = client.post("/v1/batch", Events.batch(events));

        assertThat(answer.json().path("accepted").asInt()).isEqualTo(5_000);
    }

    @Test
    void refusesWhatIsNoEventOneByOne() throws IOException {
        var body = """
                {"batch":[null, 1, "x", [], {}, {"type":"track"}, {"type":"trak","userId":"u"}, {"type":7,"userId":"u"},
                 {"type":"group","userId":"u","groupId":"g"}, {"type":"alias","userId":"u","previousId":"u"},
                 {"type":"track","event":"x","userId":"%s"}, {"type":"track","event":"x","userId":" "},
                 {"type":"track","event":"x","userId":"\\ud800"}, {"type":"track","event":"x","anonymousId":"a\\u0007b"},
                 {"type":"track","event":"%s","userId":"u"}, {"type":"track","event":"x","userId":"u","messageId":"%s"}]}
                """.formatted("x".repeat(30_000), "x".repeat(101), "x".repeat(101));

        var answer = client.post("/v1/batch", body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("accepted").asInt()).isZero();
        assertThat(answer.json().path("refused")).hasSize(16).allSatisfy(refusal -> {
            assertThat(refusal.path("code").asText()).isEqualTo("invalid-field");
            assertThat(refusal.path("pointer").asText())
                    .startsWith("/batch/" + refusal.path("index").asInt());
            assertThat(refusal.path("detail").asText()).isNotBlank();
            assertThat(refusal.path("cure").asText()).isNotBlank();
        });
    }

    @Test
    void readsNumbersAsIds() {
        var body = "{\"batch\":[{\"type\":\"track\",\"event\":\"x\",\"userId\":%s}]}";

        for (var number : new String[] {"7041", "-1", "1.50", "1e400", "123456789012345678901234567890"}) {
            assertThat(client.post("/v1/batch", body.formatted(number))
                            .json()
                            .path("accepted")
                            .asInt())
                    .isEqualTo(1);
        }
        assertThat(client.get("/v1/visitors?userId=7041").status()).isEqualTo(200);
        assertThat(client.post("/v1/batch", body.formatted("1".repeat(2_000))).status())
                .isEqualTo(400);
    }

    @Test
    void refusesDepthInsteadOfDrowning() {
        for (int depth : new int[] {60, 10_000, 240_000}) {
            var properties = "{\"a\":".repeat(depth / 2) + "[".repeat(depth / 2);
            var body = "{\"type\":\"track\",\"event\":\"x\",\"userId\":\"u\",\"properties\":" + properties;

            assertThat(client.post("/v1/track", body.substring(0, Math.min(body.length(), LARGEST_BODY)))
                            .code())
                    .isEqualTo("bad-json");
        }
    }

    @Test
    void takesTheFutureForNowAndRefusesTimesThatCannotBe() {
        var now = Instant.now();

        assertThat(timed(now.plus(1, ChronoUnit.HOURS).toString(), null)
                        .path("accepted")
                        .asInt())
                .isEqualTo(1);
        var since = client.get("/v1/visitors?userId=" + id)
                .json()
                .at("/journeys/shop/since")
                .asText();
        assertThat(Instant.parse(since)).isBefore(Instant.now());
        for (var stamp : new String[] {
            "2999-01-01T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "+1000000000-01-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-03-02",
            "1767225600000",
            ""
        }) {
            assertThat(timed(stamp, null).path("refused")).hasSize(stamp.isEmpty() ? 0 : 1);
        }
    }

    @Test
    void survivesTheMostAbsurdClocks() {
        var farPast = "-999999999-01-01T00:00:00Z";
        var farFuture = "+999999999-12-31T23:59:59Z";

        assertThat(timed(farPast, farFuture).path("refused")).hasSize(1);
        assertThat(timed(farFuture, farPast).path("refused")).hasSize(1);
        assertThat(timed("9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z").path("refused"))
                .hasSize(1);
        assertThat(timed("0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z").path("refused"))
                .hasSize(1);
        // The sender's clock is a century ahead; what counts is that it happened a minute before it was sent.
        assertThat(timed("2126-03-02T10:00:00Z", "2126-03-02T10:01:00Z")
                        .path("accepted")
                        .asInt())
                .isEqualTo(1);
        var batch = Events.batch(event("x")).put("sentAt", farFuture);
        ((ObjectNode) batch.at("/batch/0")).put("timestamp", farPast);
        assertThat(client.post("/v1/batch", batch).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "-1e999999999",
                "1e-999999999",
                "9999999999999999999999999999999999999999",
                "\"NaN\"",
                "\"\\ud800\"",
                "\"\\u0000\"",
                "\"1e999999999\"",
                "[[[[]]]]",
                "{\"\":{\"\":1}}",
                "null",
                "\"🛒\"",
            })
    void understandsAnyValueOrLeavesItUnknown(String value) {
        var body = """
                {"batch":[{"type":"track","event":"Product Added","userId":"%1$s","messageId":"%1$s",
                  "properties":{"price":%2$s,"quantity":%2$s,"product_id":%2$s,"category":%2$s,"total":%2$s,"order_id":%2$s}},
                 {"type":"track","event":"Order Completed","userId":"%1$s","properties":{"order_id":%2$s,"total":%2$s}},
                 {"type":"identify","userId":"%1$s","traits":{"loyaltyCard":%2$s,"loyaltyCardSince":%2$s,
                  "address":{"country":%2$s}}}]}
                """.formatted(id, value);

        var answer = client.post("/v1/batch", body);

        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isEqualTo(3);
        assertThat(client.post("/v1/decisions", Events.question(null, id, "cart"))
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/v1/visitors?userId=" + id).status()).isEqualTo(200);
    }

    @Test
    void readsJsonUnderAnyContentTypeWithAndWithoutASlash() {
        for (var type :
                new String[] {"text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded", "x/y"}) {
            for (var path : new String[] {"/v1/batch", "/v1/batch/"}) {
                var request = client.request(path).header("Content-Type", type);

                var answer = client.send(
                        request.POST(BodyPublishers.ofString("{\"batch\":[]}")).build());

                assertThat(answer.status()).as(type + path).isEqualTo(200);
            }
        }
    }

    @Test
    void refusesBytesThatAreNoText() {
        var answer = packed("identity", new byte[] {'{', '"', (byte) 0xff, (byte) 0xc0, '"', ':', '1', '}'});

        assertThat(answer.code()).isEqualTo("bad-json");
    }

    @Test
    void unpacksBodiesButNoBombs() throws IOException {
        assertThat(packed("gzip", gzip("{\"batch\":[]}".getBytes(StandardCharsets.UTF_8)))
                        .status())
                .isEqualTo(200);
        tooLarge(packed("gzip", gzip(spaces(LARGEST_BODY + 1))));
        tooLarge(packed("gzip", gzip(spaces(60_000_000))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "gzip, gzip", "nonsense"})
    void saysThatAPackedBodyCannotBeRead(String encoding) {
        var answer = packed(encoding, "{\"batch\":".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.code()).as(answer.body()).isEqualTo("bad-json");
    }

    private ObjectNode event(String messageId) {
        return Events.track(id + messageId, null, id, "Product Viewed");
    }

    private JsonNode timed(String timestamp, String sentAt) {
        var event =
                event(UUID.randomUUID().toString()).put("timestamp", timestamp).put("sentAt", sentAt);
        var answer = client.post("/v1/batch", Events.batch(event));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private Answer packed(String encoding, byte[] body) {
        var request = client.request("/v1/batch").header("Content-Type", "application/json");
        return client.send(request.header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    private static byte[] spaces(int count) {
        var spaces = new byte[count];
        Arrays.fill(spaces, (byte) ' ');
        return spaces;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static void tooLarge(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("too-large");
    }

    private static void refusals(Answer answer, String... expected) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("refused"))
                .extracting(refusal -> refusal.path("index").asInt() + " "
                        + refusal.path("code").asText() + " "
                        + refusal.path("pointer").asText())
                .containsExactly(expected);
    }
}
