package io.tappa.api.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Client.Answer;
import io.tappa.api.Events;
import io.tappa.api.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many questions in one call, and what each of them is answered. */
@Timeout(300)
class BatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/v1/decisions:batch";
    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private final Client client = service.client();
    private final String id = UUID.randomUUID().toString();

    @Test
    void decidesTenThousandPeopleInOneCallLikeOneByOne() {
        var people = IntStream.range(0, 10_000).mapToObj(i -> id + "-" + i).toList();
        var body = people.stream().map(this::line).collect(Collectors.joining("\n"));

        var lines = lines(post(PATH + "?touchpoint=cart", body));

        assertThat(lines).hasSize(10_000);
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            assertThat(line.path("index").asInt()).isEqualTo(i);
            assertThat(line.path("ref").asText()).isEqualTo(people.get(i));
            assertThat(line.path("decisionId").asText()).as(line.toString()).isNotBlank();
            assertThat(line.path("degraded")).isEmpty();
        }
        assertThat(lines.stream().map(line -> line.path("decisionId")).distinct())
                .hasSize(10_000);
        for (int i = 0; i < 10_000; i += 200) {
            var one = client.post("/v1/decisions", Events.question(people.get(i), null, "cart"))
                    .json();
            assertThat(told(lines.get(i))).isEqualTo(told(one));
        }
        assertThat(lines.stream().map(BatchTest::told).distinct().count()).isGreaterThan(1);
        verifyAll();
    }

    /** Every second one puts something into the basket. */
    private String line(String person) {
        int number = Integer.parseInt(person.substring(person.lastIndexOf('-') + 1));
        var question = Events.question(person, null, "cart").put("ref", person);
        question.remove("touchpoint");
        if (number % 2 == 0) {
            var added = Events.track("m-" + person, null, null, "Product Added");
            question.putArray("events")
                    .add(Events.with("price", 40 + number % 7, Events.with("product_id", "p-1", added)));
        }
        return question.toString();
    }

    /** All of an answer that is the same whenever one asks. */
    private static JsonNode told(JsonNode answer) {
        var told = (ObjectNode) answer.deepCopy();
        told.remove(List.of("index", "ref", "decisionId", "at"));
        return told;
    }

    private void verifyAll() {
        var verified = client.get("/v1/decisions:verify?last=1000").json();
        assertThat(verified.path("checked").asInt()).isEqualTo(1_000);
        assertThat(verified.path("verified").asInt()).as(verified.toString()).isEqualTo(1_000);
    }

    @Test
    void keepsCapsOfOneVisitorInTheOrderOfTheLines() {
        client.post("/v1/track", Events.track("e-1", id, null, "Product Viewed"));
        var line = Events.question(id, null, "home").toString();

        var lines = lines(post(PATH, (line + "\n").repeat(200)));

        var sidebars = lines.stream().map(BatchTest::sidebar).toList();
        assertThat(sidebars).hasSize(200);
        assertThat(sidebars.subList(0, 3)).containsOnly("newsletter-signup");
        assertThat(sidebars.subList(3, 200)).containsOnly("bestsellers");
        assertThat(lines).allMatch(answer -> answer.path("degraded").isEmpty());
        assertThat(client.get("/v1/visitors?anonymousId=" + id)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(4);
        assertThat(lines.stream().map(answer -> answer.path("decisionId")).distinct())
                .hasSize(200);
    }

    private static String sidebar(JsonNode answer) {
        return StreamSupport.stream(answer.path("decisions").spliterator(), false)
                .filter(decision -> decision.path("placement").asText().equals("sidebar"))
                .findFirst()
                .orElseThrow()
                .path("offer")
                .asText();
    }

    @Test
    void countsEventsOfEarlierLinesBeforeLaterOnes() {
        var added = Events.with(
                "price", 40, Events.with("product_id", "p-1", Events.track("m-" + id, null, null, "Product Added")));
        var first = Events.question(id, null, "cart");
        first.putArray("events").add(added).add("nonsense");
        var second = Events.question(id, "u-" + id, "cart");
        second.putArray("events").add(Events.identify("i-" + id, id, "u-" + id));
        var third = Events.question(null, "u-" + id, "cart");

        var lines = lines(post(PATH, first + "\n" + second + "\n" + third));

        assertThat(lines.get(0).at("/refused/0/pointer").asText()).isEqualTo("/events/1");
        assertThat(lines)
                .allMatch(
                        line -> line.at("/visitor/journeys/shop/stage").asText().equals("intention"));
    }

    @Test
    void refusesBadLinesOneByOneAndAnswersTheOthers() throws IOException {
        var good = "{\"visitor\":{\"anonymousId\":\"" + id + "\"}}";
        var body = new ByteArrayOutputStream();
        for (var line : List.of(
                "\uFEFF" + good,
                "",
                "   \r",
                "{\"visitor\":",
                "[1]",
                "{\"ref\":\"a\",\"ref\":\"b\"}",
                "{}",
                "{\"visitor\":{},\"ref\":\"none\"}",
                "{\"visitor\":{\"anonymousId\":\"x\"},\"touchpoint\":\"hom\",\"ref\":\"wrong place\"}",
                "{\"visitor\":{\"anonymousId\":\"x\"},\"placements\":[\"nowhere\"]}",
                "{\"visitor\":{\"anonymousId\":\"x\"},\"explain\":\"all\"}",
                "{\"visitor\":{\"anonymousId\":\"x\"},\"colour\":\"red\"}",
                "{\"visitor\":{\"anonymousId\":\"x\"},\"ref\":{}}",
                "{\"visitor\":{\"anonymousId\":\"x\"},\"ref\":\"" + "x".repeat(201) + "\"}",
                "{\"visitor\":{\"anonymousId\":\"x\"},\"mode\":\"shadow\",\"events\":[{\"event\":\"x\"}]}",
                "{\"visitor\":{\"anonymousId\":\"x\"},\"context\":{\"a\":\"" + "x".repeat(32_768) + "\"}}",
                " ".repeat(40_000),
                "[".repeat(2_000))) {
            body.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        body.write("{\"visitor\":{\"anonymousId\":\"M\u00fchle\"}}\n".getBytes(StandardCharsets.ISO_8859_1));
        body.write(good.replace("}}", "},\"context\":{\"page\":\"\uFFFD\"},\"ref\":\"" + "\u00fc".repeat(200) + "\"}")
                .getBytes(StandardCharsets.UTF_8));

        var lines = lines(post(PATH + "?touchpoint=home", body.toByteArray()));

        var outcomes = lines.stream()
                .map(line -> "%s %s %s %s"
                        .formatted(
                                line.path("index").asText(),
                                line.path("ref").asText("-"),
                                line.at("/error/code").asText("ok"),
                                line.at("/error/pointer").asText("")))
                .toList();
        assertThat(outcomes)
                .containsExactly(
                        "0 - ok ",
                        "1 - bad-json ",
                        "2 - bad-json ",
                        "3 - bad-json ",
                        "4 - invalid-field /visitor",
                        "5 none invalid-field /visitor",
                        "6 wrong place unknown-touchpoint /touchpoint",
                        "7 - unknown-placement /placements/0",
                        "8 - invalid-field /explain",
                        "9 - invalid-field /colour",
                        "10 - invalid-field /ref",
                        "11 - invalid-field /ref",
                        "12 - invalid-field /events",
                        "13 - too-large ",
                        "14 - too-large ",
                        "15 - bad-json ",
                        "16 - bad-json ",
                        "17 " + "\u00fc".repeat(200) + " ok ");
        assertThat(lines)
                .filteredOn(line -> line.has("error"))
                .allSatisfy(line -> assertThat(line.path("error"))
                        .allSatisfy(field -> assertThat(field.isTextual()).isTrue())
                        .hasSizeGreaterThanOrEqualTo(4))
                .allMatch(line -> !line.at("/error/detail").asText().isBlank()
                        && !line.at("/error/cure").asText().isBlank());
        assertThat(lines.get(1).at("/error/detail").asText()).contains("column");
    }

    @Test
    void refusesTheLineAfterTheTenThousandthAndPassesOverTheRest() {
        var lines = lines(post(PATH, "x\n\n".repeat(50_000)));

        assertThat(lines).hasSize(10_001);
        assertThat(lines.subList(0, 10_000))
                .allMatch(line -> line.at("/error/code").asText().equals("bad-json"));
        assertThat(lines.get(10_000).path("index").asInt()).isEqualTo(10_000);
        assertThat(lines.get(10_000).at("/error/code").asText()).isEqualTo("too-many");
    }

    @Test
    void takesWhatAllLinesShareFromTheAddressUnlessALineSaysOtherwise() {
        var question = "{\"visitor\":{\"anonymousId\":\"" + id + "\"}%s}\n";
        var body = question.formatted("")
                + question.formatted(",\"touchpoint\":\"cart\",\"explain\":\"full\",\"at\":\"2030-01-01T00:00:00Z\"")
                + question.formatted(",\"explain\":null");

        var lines = lines(post(
                PATH + "?touchpoint=checkout&explain=none&mode=shadow&at=2029-01-01T00:00:00Z&budgetMs=9000", body));

        assertThat(lines.get(0).at("/decisions/0/placement").asText()).isEqualTo("trust");
        assertThat(lines.get(0).at("/decisions/0").has("reason")).isFalse();
        assertThat(lines.get(0).path("at").asText()).isEqualTo("2029-01-01T00:00:00Z");
        assertThat(lines.get(1).at("/decisions/0/placement").asText()).isEqualTo("drawer");
        assertThat(lines.get(1).at("/decisions/0").has("candidates")).isTrue();
        assertThat(lines.get(1).path("at").asText()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(told(lines.get(2))).isEqualTo(told(lines.get(0)));
        assertThat(client.get("/v1/decisions/" + lines.get(0).path("decisionId").asText())
                        .code())
                .isEqualTo("no-such-decision");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "touchpoint=hom, 404, unknown-touchpoint, touchpoint",
        "explain=all, 400, invalid-field, explain",
        "explain, 400, invalid-field, explain",
        "mode=dry, 400, invalid-field, mode",
        "at=tomorrow, 400, invalid-field, at",
        "budgetMs=0, 400, invalid-field, budgetMs",
        "touchpont=home, 400, invalid-field, touchpont"
    })
    void refusesAWrongParameterBeforeItAnswersAnyLine(String parameter, int status, String code, String name) {
        var answer = post(PATH + "?" + parameter, "{}\n");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(name);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n \n\n"})
    void refusesABodyWithoutALine(String body) {
        var answer = post(PATH, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("bad-json");
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @Test
    void isForSecretKeysAndJsonLinesOnly() {
        var page = client.with("pk_demo");
        var asked = page.request(PATH).header("Content-Type", "application/x-ndjson");

        var refused = page.send(asked.POST(BodyPublishers.ofString("{}")).build());

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("wrong-key-kind");
        assertThat(client.post(PATH, "{}").status()).isEqualTo(415);
        assertThat(client.get(PATH).status()).isEqualTo(405);
    }

    @Test
    void unpacksABody() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write((Events.question(id, null, "cart") + "\n").repeat(300).getBytes(StandardCharsets.UTF_8));
        }

        var answer = client.send(client.request(PATH)
                .header("Content-Type", "application/x-ndjson; charset=utf-8")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(packed.toByteArray()))
                .build());

        assertThat(lines(answer)).hasSize(300).allMatch(line -> line.has("decisionId"));
    }

    private Answer post(String path, String body) {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    private Answer post(String path, byte[] body) {
        return client.send(client.request(path)
                .timeout(Duration.ofMinutes(4))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    private static List<JsonNode> lines(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/x-ndjson");
        assertThat(answer.body()).endsWith("\n");
        return answer.body().lines().map(BatchTest::json).toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(line, noJson);
        }
    }
}
