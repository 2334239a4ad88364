package io.tappa.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bad event has its own reason, place and cure, and the good ones beside it are counted. */
@Timeout(60)
@ExtendWith(SharedService.class)
class BadEventsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Lets half characters through, which UTF-8 cannot say. */
    private static final ObjectMapper ESCAPING =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Client client;
    private final String id = UUID.randomUUID().toString();

    BadEventsTest(Service service) {
        this.client = service.client();
    }

    @Test
    void refusesPropertiesOfAHundredKilobytes() {
        refused(Events.with("text", "x".repeat(100_000), event()), "too-large", "");
    }

    @Test
    void refusesTenThousandTraits() {
        var identify = Events.identify(id + "many", null, id);
        IntStream.range(0, 10_000).forEach(i -> identify.withObject("/traits").put("t" + i, i));

        refused(identify, "too-large", "");
    }

    @Test
    void keepsOfManyTraitsOnlyWhatRulesRead() {
        var identify = Events.identify(id + "some", null, id);
        IntStream.range(0, 2_000).forEach(i -> identify.withObject("/traits").put("t" + i, i));
        identify.withObject("/traits").put("newsletter", true);

        var answer = client.post("/v1/identify", identify);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(client.get("/v1/visitors?userId=" + id)
                        .json()
                        .at("/facts/newsletter")
                        .asText())
                .isEqualTo("yes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "\"p-1\";/properties/products",
                "{\"product_id\":\"p-1\"};/properties/products",
                "7;/properties/products",
                "[\"p-1\"];/properties/products/0",
                "[{\"product_id\":\"p-1\"},null];/properties/products/1",
                "[[{\"product_id\":\"p-1\"}]];/properties/products/0"
            })
    void refusesProductsThatAreNoListOfObjects(String products, String pointer) throws IOException {
        var event = event();
        event.withObject("/properties").set("products", JSON.readTree(products));

        refused(event, "invalid-field", pointer);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 200, 400})
    void refusesDepthInOneEventOnly(int depth) throws IOException {
        var event = event();
        event.set("properties", JSON.readTree("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)));

        refused(event, "invalid-field", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\" \"", "\"\\u0000\"", "\"a\\nb\"", "true", "[]", "{}", "[\"u-1\"]", "{\"id\":\"u\"}"})
    void refusesOddIds(String odd) throws IOException {
        var event = event();
        event.set("userId", JSON.readTree(odd));

        refused(event, "invalid-field", "/userId");
        var longId = event().put("userId", "u".repeat(201));
        refused(longId, "invalid-field", "/userId");
    }

    private static final List<String> ODD = List.of(
            "\"  \"",
            "\"a\\u0000b\"",
            "\"a\\tb\"",
            "\"a\\u0085b\"",
            "\"a\\ud83d\"",
            "\"\\ude00a\"",
            "\"a\\ud83d\\ud83db\"",
            "\"a\\u202eb\"",
            "\"\\u200fa\"",
            "\"\\u2067a\\u2069\"",
            "\"" + "x".repeat(10_000) + "\"",
            "[]",
            "{}");

    private static final List<String> PLACES =
            List.of("/userId", "/anonymousId", "/previousId", "card", "device", "email");

    static Stream<Arguments> oddIdsInEveryPlace() {
        return PLACES.stream().flatMap(place -> ODD.stream().map(odd -> Arguments.of(place, odd)));
    }

    @ParameterizedTest
    @MethodSource("oddIdsInEveryPlace")
    void refusesOddIdsWhereverTheyStand(String place, String odd) throws IOException {
        var body = ESCAPING.writeValueAsString(Events.batch(withId(place, JSON.readTree(odd))));

        var refused = client.post("/v1/batch", body).json().at("/refused/0");

        assertThat(refused.path("code").asText()).as(body).isEqualTo("invalid-field");
        assertThat(refused.path("pointer").asText())
                .isEqualTo("/batch/0" + (place.startsWith("/") ? place : "/context/externalIds/0/id"));
        assertThat(refused.path("cure").asText()).isNotBlank();
    }

    static Stream<Arguments> properIdsInEveryPlace() {
        return PLACES.stream()
                .flatMap(place -> Stream.of("maria 😀", "👩‍👩‍👧", "Ünïcødé ✓", "𝒽𝒾", "مرحبا")
                        .map(proper -> Arguments.of(place, proper)));
    }

    @ParameterizedTest
    @MethodSource("properIdsInEveryPlace")
    void acceptsEveryProperCharacterInIds(String place, String proper) {
        var value = proper + " " + id.substring(0, 8);

        var answer = client.post("/v1/batch", Events.batch(withId(place, TextNode.valueOf(value))));

        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isEqualTo(1);
        var kind = place.equals("/previousId") ? "anonymousId" : place.replace("/", "");
        var found = client.get("/v1/visitors?" + kind + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        assertThat(found.status()).as(found.body()).isEqualTo(200);
        if (!kind.equals("email")) {
            assertThat(found.json().path("ids").findValuesAsText(kind)).containsExactly(value);
        }
    }

    private ObjectNode withId(String place, JsonNode odd) {
        var event = event();
        if (place.equals("/previousId")) {
            event.put("type", "alias").put("userId", id + UUID.randomUUID()).remove("anonymousId");
        }
        if (place.startsWith("/")) {
            event.set(place.substring(1), odd);
        } else {
            event.withObject("/context")
                    .putArray("externalIds")
                    .addObject()
                    .put("type", place)
                    .set("id", odd);
        }
        return event;
    }

    @ParameterizedTest
    @CsvSource({
        "2999-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "2026-02-30T00:00:00Z",
        "2026-03-02",
        "02/03/2026",
        "1767225600000",
        "now"
    })
    void refusesTimesThatCannotBe(String time) {
        refused(event().put("timestamp", time), "invalid-field", "/timestamp");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void survivesWrongTypesEverywhere(long seed) {
        var random = new Random(seed);
        var events = new ArrayList<ObjectNode>();
        for (int i = 0; i < 200; i++) {
            var event = Events.track(id + seed + "-" + i, id, null, "Product Added");
            event.putObject("properties").put("price", 12).putArray("products").addObject();
            event.putObject("context").put("language", "it");
            event.put("timestamp", "2026-03-02T10:00:00Z").put("sentAt", "2026-03-02T10:00:01Z");
            var names = List.of(
                    "type",
                    "messageId",
                    "userId",
                    "anonymousId",
                    "event",
                    "properties",
                    "traits",
                    "context",
                    "timestamp",
                    "sentAt",
                    "originalTimestamp",
                    "integrations");
            event.set(names.get(random.nextInt(names.size())), anything(random, 3));
            events.add(event);
        }

        var answer = client.post("/v1/batch", Events.batch(events));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("accepted").asInt()
                        + answer.json().path("duplicates").asInt()
                        + answer.json().path("refused").size())
                .isEqualTo(200);
        assertThat(answer.json().path("refused")).isNotEmpty().allSatisfy(refused -> {
            assertThat(refused.path("detail").asText()).isNotBlank();
            assertThat(refused.path("cure").asText()).isNotBlank();
        });
    }

    private static JsonNode anything(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 2 -> JSON.getNodeFactory().numberNode(random.nextLong());
            case 3 -> JSON.getNodeFactory().numberNode(random.nextDouble());
            case 4 -> JSON.getNodeFactory().textNode("");
            case 5 -> JSON.getNodeFactory().textNode("\u0000\ud83d\uded2" + random.nextInt());
            case 6 -> JSON.createArrayNode().add(anything(random, depth - 1));
            default -> JSON.createObjectNode().set("x", anything(random, depth - 1));
        };
    }

    private ObjectNode event() {
        return Events.track(id + "bad", id, null, "Product Viewed");
    }

    private void refused(ObjectNode event, String code, String pointer) {
        var good = UUID.randomUUID().toString();

        var answer = client.post("/v1/batch", Events.batch(event, Events.track(good, good, null, "Product Viewed")));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(1);
        var refusal = answer.json().at("/refused/0");
        assertThat(refusal.path("code").asText()).as(answer.body()).isEqualTo(code);
        assertThat(refusal.path("pointer").asText()).isEqualTo("/batch/0" + pointer);
        assertThat(refusal.path("detail").asText()).isNotBlank();
        assertThat(refusal.path("cure").asText()).isNotBlank();
    }
}
