package io.tappa.api.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Client.Answer;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CloudEvents in every content mode, as their library sends them and as people get them wrong. */
@Timeout(60)
@ExtendWith(SharedService.class)
class CloudEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    private final Client client;
    private final String id = UUID.randomUUID().toString();

    CloudEventsTest(Service service) {
        this.client = service.client();
    }

    /** Byte for byte what the JavaScript library sent, but for the id of the person. */
    @Test
    void takesWhatTheLibrarySendsInBothModesAndCountsTheSameEventOnce() throws IOException {
        var binary = replayed(recorded(0));
        var structured = replayed(recorded(1));

        assertThat(binary.status()).as(binary.body()).isEqualTo(202);
        assertThat(binary.json().path("accepted").asInt()).isEqualTo(1);
        assertThat(structured.status()).as(structured.body()).isEqualTo(202);
        assertThat(structured.json().path("duplicates").asInt()).isEqualTo(1);
        assertThat(visitor("userId").at("/facts/ordersEver").asInt()).isEqualTo(1);
        assertThat(visitor("userId").at("/facts/orderTotalEver").asText()).isEqualTo("12.5");
        assertThat(visitor("userId").at("/journeys/shop/stage").asText()).isEqualTo("purchase");
    }

    @Test
    void takesABatchAndRefusesWhatIsWrongInIt() {
        var noTime = event("2").put("time", "yesterday");
        var body = JSON.createArrayNode().add(event("1")).add(noTime).add(7).add(event("1"));

        var answer = send(BATCH, body.toString());

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.json().path("success").asBoolean()).isTrue();
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(1);
        assertThat(answer.json().path("duplicates").asInt()).isEqualTo(1);
        assertThat(answer.json().path("refused"))
                .extracting(refused -> refused.path("index").asInt() + " "
                        + refused.path("pointer").asText())
                .containsExactly("1 /1/time", "2 /2/specversion");
        assertThat(send(BATCH, "[]").status()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({"userId:, userId", "'', userId", "anonymousId:, anonymousId", "card:, card"})
    void readsTheVisitorFromTheSubject(String prefix, String kind) {
        send(STRUCTURED, event("1").put("subject", prefix + id).toString());

        assertThat(client.get("/v1/visitors?%s=%s".formatted(kind, id)).status())
                .isEqualTo(200);
    }

    @Test
    void readsTheVisitorFromTheDataWhenTheSubjectIsAThing() {
        var event = event("1").put("subject", "orders/o-1");
        event.withObject("/data").put("userId", id).put("anonymousId", "a" + id);

        assertThat(send(STRUCTURED, event.toString()).status()).isEqualTo(202);

        assertThat(visitor("userId").path("ids")).hasSize(2);
        assertThat(client.get("/v1/visitors?anonymousId=a" + id).status()).isEqualTo(200);
        assertThat(client.get("/v1/visitors?userId=orders/o-1").status()).isEqualTo(404);
    }

    @Test
    void takesTheNameFromTheExtensionOrTheDataBeforeTheType() {
        var survey = event("1").put("type", "com.survey.response").put("event", "Survey Answered");
        survey.withObject("/data").put("kind", "nps").put("score", 9);
        var rating = event("2").put("type", "com.survey.response");
        rating.withObject("/data")
                .put("event", "Survey Answered")
                .put("kind", "csat")
                .put("score", 4);

        send(STRUCTURED, survey.toString());
        send(STRUCTURED, rating.toString());

        assertThat(visitor("userId").at("/facts/nps").asInt()).isEqualTo(9);
        assertThat(visitor("userId").at("/facts/csat").asInt()).isEqualTo(4);
    }

    @Test
    void tellsEventsOfTwoSourcesApartHoweverLongTheirNames() {
        var tills = new String[] {"/till/1", "/till/2", "/" + "t".repeat(300) + "1", "/" + "t".repeat(300) + "2"};

        for (var till : tills) {
            var event = event("same").put("source", till).toString();
            assertThat(send(STRUCTURED, event).json().path("accepted").asInt()).isEqualTo(1);
            assertThat(send(STRUCTURED, event).json().path("duplicates").asInt())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "{\"specversion\":null};/specversion",
                "{\"specversion\":\"0.3\"};/specversion",
                "{\"id\":\"\"};/id",
                "{\"id\":{}};/id",
                "{\"source\":null};/source",
                "{\"type\":null};/type",
                "{\"type\":[]};/type",
                "{\"subject\":null};/subject",
                "{\"subject\":\"userId:\"};/subject",
                "{\"subject\":\"card:\\u0007\"};/subject",
                "{\"time\":\"2999-01-01T00:00:00Z\"};/time",
                "{\"time\":1767225600};/time",
                "{\"data\":\"text\"};/data",
                "{\"data\":[1]};/data",
                "{\"data\":{\"userId\":{}}};/data",
                "{\"data\":{\"products\":\"p-1\"}};/data/products",
                "{\"data_base64\":\"e30=\"};/data_base64"
            })
    void refusesASingleEventAndPointsAtItsAttribute(String wrong, String pointer) throws IOException {
        var event = event("1");
        event.setAll((ObjectNode) JSON.readTree(wrong));

        var answer = send(STRUCTURED, event.toString());

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-field");
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(answer.json().at("/errors/0/cure").asText()).isNotBlank();
    }

    @Test
    void namesTheHeaderThatIsWrong() {
        var request = client.request("/v1/events")
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "1")
                .header("ce-source", "/till")
                .header("ce-type", "Order Completed")
                .header("ce-subject", "%7");

        var answer = client.send(request.POST(BodyPublishers.ofString("{}")).build());

        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualToIgnoringCase("ce-subject");
    }

    @Test
    void takesABinaryEventWithoutABody() {
        var request = client.request("/v1/events/")
                .header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", "/till")
                .header("ce-type", "Caff%C3%A8 Drunk")
                .header("ce-subject", id);

        var answer = client.send(request.POST(BodyPublishers.noBody()).build());

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(client.get("/v1/events/names").body()).contains("Caffè Drunk");
    }

    @ParameterizedTest
    @CsvSource({
        "application/cloudevents+xml, <a/>, 415",
        "application/cloudevents+json, 7, 400",
        "application/cloudevents+json, '', 400",
        "application/json, '{}', 400"
    })
    void saysWhatItDoesNotUnderstand(String type, String body, int status) {
        assertThat(send(type, body).status()).isEqualTo(status);
    }

    private ObjectNode event(String eventId) {
        var event = JSON.createObjectNode();
        event.put("specversion", "1.0").put("id", id + eventId).put("source", "/till/1");
        event.put("type", "com.shop.product.viewed").put("subject", id);
        return event;
    }

    private JsonNode visitor(String kind) {
        return client.get("/v1/visitors?%s=%s".formatted(kind, id)).json();
    }

    private Answer send(String type, String body) {
        var request = client.request("/v1/events").header("Content-Type", type);
        return client.send(request.POST(BodyPublishers.ofString(body)).build());
    }

    private JsonNode recorded(int line) throws IOException {
        try (var lines = CloudEventsTest.class.getResourceAsStream("/peers/cloudevents-js.jsonl")) {
            var text = new String(lines.readAllBytes(), StandardCharsets.UTF_8).replace("\"u-1\"", "\"" + id + "\"");
            return JSON.readTree(text.split("\n", -1)[line]);
        }
    }

    private Answer replayed(JsonNode recorded) {
        var request = client.request("/v1/events");
        recorded.path("headers").properties().forEach(header -> {
            if (header.getKey().startsWith("ce-") || header.getKey().equals("content-type")) {
                request.header(header.getKey(), header.getValue().asText());
            }
        });
        var body = recorded.path("body").toString();
        return client.send(request.POST(BodyPublishers.ofString(body)).build());
    }
}
