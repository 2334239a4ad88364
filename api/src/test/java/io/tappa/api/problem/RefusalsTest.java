package io.tappa.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Client;
import io.tappa.api.Client.Answer;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal is problem+json with a stable code, a place and a cure. */
@ExtendWith(SharedService.class)
class RefusalsTest {
    private final Client client;

    RefusalsTest(Service service) {
        this.client = service.client();
    }

    @Test
    void saysWhereTheJsonBreaks() {
        var answer = client.post("/v1/batch", "{\n  \"batch\": [}");

        refused(answer, 400, "bad-json");
        assertThat(answer.json().path("detail").asText()).contains("line 2, column 13");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "\"batch\"", "{} {}", "{\"a\":1,\"a\":2}", "{\"a\":NaN}", "{'a':1}"})
    void wantsOneJsonObject(String body) {
        refused(client.post("/v1/batch", body), 400, "bad-json");
        refused(client.post("/v1/track", body), 400, "bad-json");
        refused(client.post("/v1/decisions", body), 400, "bad-json");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = ';',
            value = {
                "/v1/batch;{};/batch",
                "/v1/batch;{\"batch\":{}};/batch",
                "/v1/batch;{\"batch\":[],\"sentAt\":[]};/sentAt",
                "/v1/track;{\"event\":\"x\"};",
                "/v1/track;{\"userId\":\"u\"};/event",
                "/v1/track;{\"userId\":\"u\",\"event\":{}};/event",
                "/v1/track;{\"userId\":\"u\",\"event\":\"x\",\"properties\":[]};/properties",
                "/v1/track;{\"userId\":\"u\",\"event\":\"x\",\"timestamp\":\"yesterday\"};/timestamp",
                "/v1/track;{\"userId\":\"u\\u0000\",\"event\":\"x\"};/userId",
                "/v1/track;{\"userId\":true,\"event\":\"x\"};/userId",
                "/v1/decisions;{\"touchpoint\":\"home\"};/visitor",
                "/v1/decisions;{\"visitor\":{},\"touchpoint\":\"home\"};/visitor",
                "/v1/decisions;{\"visitor\":{\"userId\":\"u\",\"emial\":1},\"touchpoint\":\"home\"};/visitor/emial",
                "/v1/decisions;{\"visitor\":{\"userId\":\"u\"}};/touchpoint",
                "/v1/decisions;{\"visitor\":{\"userId\":\"u\"},\"touchpoint\":\"home\",\"plcements\":[]};/plcements",
                "/v1/decisions;{\"visitor\":{\"userId\":\"u\"},\"touchpoint\":\"home\",\"explain\":\"all\"};/explain",
                "/v1/decisions;{\"visitor\":{\"userId\":\"u\"},\"touchpoint\":\"home\",\"context\":{\"a\":[]}};/context/a",
            })
    void pointsAtTheFieldThatIsWrong(String path, String body, String pointer) {
        var answer = client.post(path, body);

        refused(answer, 400, "invalid-field");
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer == null ? "" : pointer);
    }

    @Test
    void suggestsTheFieldThatWasMeant() {
        var question = Events.question("a", null, "home").put("touchpoimt", "home");

        var answer = client.post("/v1/decisions", question);

        assertThat(answer.json().at("/errors/0/cure").asText()).contains("Did you mean \"touchpoint\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/batch", "/v1/track", "/v1/decisions"})
    void wantsAKeyItKnows(String path) {
        refused(client.with(null).post(path, "{\"batch\":[]}"), 401, "unknown-key");
        refused(client.with("pk_nobody").post(path, "{\"batch\":[]}"), 401, "unknown-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic !!!", "Basic", "Bearer", "Digest x", "Basic c2tfZGVtbw", "basic c2tfbm9ib2R5Og=="})
    void survivesEveryAuthorization(String authorization) {
        var request = client.with(null).request("/v1/journeys").header("Authorization", authorization);

        assertThat(client.send(request.GET().build()).status()).isIn(200, 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/visitors?userId=u-1",
                "/v1/journeys",
                "/v1/journeys/shop/stages",
                "/v1/events/refused",
                "/v1/events/names",
                "/v1/data/jobs/j",
                "/v1/packs/shop/blockers",
                "/v1/findings",
                "/v1/visitors/aaaaaaaaaaaaaaaaaaaaaaaaaa/why-not"
            })
    void keepsPublishableKeysOutOfWhatIsInside(String path) {
        refused(client.with("pk_demo").get(path), 403, "wrong-key-kind");
        refused(client.with("pk_demo").post("/v1/packs/shop:reload", ""), 403, "wrong-key-kind");
    }

    @Test
    void saysWhatIsNotThere() {
        var question = Events.question("a", null, "hmoe");
        var placements = Events.question("a", null, "home");
        placements.putArray("placements").add("hreo");

        var touchpoint = client.post("/v1/decisions", question);
        var placement = client.post("/v1/decisions", placements);

        refused(touchpoint, 404, "unknown-touchpoint");
        assertThat(touchpoint.json().at("/errors/0/cure").asText()).contains("Did you mean \"home\"?");
        refused(placement, 404, "unknown-placement");
        assertThat(placement.json().at("/errors/0/pointer").asText()).isEqualTo("/placements/0");
        refused(client.post("/v1/packs/shoe:reload", ""), 404, "unknown-pack");
        refused(client.post("/v1/packs/shop:destroy", ""), 404, "not-found");
        refused(client.get("/v1/visitors?userId=nobody-at-all"), 404, "no-such-visitor");
        refused(client.get("/v1/journeys/shoe/stages"), 404, "unknown-journey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/v1", "/v1/nothing", "/v1/decisions/x/y", "/v1//batch", "/favicon.ico"})
    void saysThatThereIsNothingAtAPath(String path) {
        refused(client.get(path), 404, "not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/batch, POST",
        "PUT, /v1/track, POST",
        "DELETE, /v1/decisions, 'GET,POST'",
        "POST, /v1/visitors, GET",
        "GET, /v1/packs/shop:reload, POST",
        "GET, /v1/events, POST",
        "POST, /v1/events/names, GET",
        "GET, /v1/data/people, POST",
        "POST, /v1/packs/shop/blockers, GET",
        "DELETE, /v1/findings, GET",
        "GET, /v1/packs/shop/qa-links, POST",
        "POST, /v1/visitors/aaaaaaaaaaaaaaaaaaaaaaaaaa/why-not, GET"
    })
    void saysWhichMethodsAPathTakes(String method, String path, String allowed) {
        var request = client.request(path).method(method, BodyPublishers.ofString("{}"));

        var answer = client.send(request.build());

        refused(answer, 405, "method-not-allowed");
        assertThat(Set.of(answer.allow().split(",", -1))).isEqualTo(Set.of(allowed.split(",", -1)));
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/visitors, userId",
        "/v1/visitors?userId=, userId",
        "/v1/visitors?userId=a&anonymousId=b, userId",
        "/v1/visitors?userId=a&at=now, at",
        "/v1/visitors?userId=a&at=%2B1000000000-12-31T23:59:59Z, at",
        "/v1/visitors?userId=a&at=-1000000000-01-01T00:00:00Z, at",
        "/v1/visitors?userId=%00, userId"
    })
    void namesTheParameterThatIsWrong(String path, String parameter) {
        var answer = client.get(path);

        refused(answer, 400, "invalid-field");
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(parameter);
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).isNotBlank();
        assertThat(answer.json().at("/errors/0/cure").asText()).isNotBlank();
    }
}
