package io.tappa.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people see who connect a sender: how its events are called, and which were refused. */
@Timeout(120)
class EventNotesTest {
    private static ExternalRedis redis;
    private static Service service;

    @BeforeAll
    static void start() {
        redis = new ExternalRedis().start();
        service = redis.service();
    }

    @AfterAll
    static void stop() {
        service.close();
        redis.close();
    }

    private final Client page = service.client().with(ExternalRedis.PUBLISHABLE);
    private final Client server = service.client().with(ExternalRedis.SECRET);

    @Test
    void groupsRefusalsByKeyAndCodeWithTheLastAsExample() {
        page.post("/v1/batch", Events.batch(Events.track("m-1", "a", null, ""), Events.track("m-2", "a", null, "")));
        page.post("/v1/batch", Events.batch(Events.track("m-3", null, "u", "Product Viewed")));
        server.post("/v1/track", Events.track("m-4", null, null, "Product Viewed"));
        server.post("/v1/events", "{\"id\":\"m-5\"}");

        var refused = server.get("/v1/events/refused").json().path("refused");

        assertThat(refused)
                .extracting(group -> group.path("key").asText() + " "
                        + group.path("code").asText() + " "
                        + group.path("count").asInt())
                .containsExactlyInAnyOrder("page invalid-field 2", "page wrong-key-kind 1", "server invalid-field 2");
        var events = find(refused, "key", "page", "code", "invalid-field");
        assertThat(events.path("example").has("messageId")).isFalse();
        assertThat(events.at("/example/pointer").asText()).isEqualTo("/batch/1/event");
        assertThat(events.at("/example/cure").asText()).isNotBlank();
        assertThat(page.get("/v1/events/refused").code()).isEqualTo("wrong-key-kind");
        assertThat(page.get("/v1/events/names").code()).isEqualTo("wrong-key-kind");
    }

    @Test
    void saysWhichNamesNobodyReadsAndWhatWasMeant() {
        server.post(
                "/v1/batch",
                Events.batch(
                        Events.track("n-1", "a", null, "Product Viewed"),
                        Events.track("n-2", "a", null, "Prodcut Viewed"),
                        Events.track("n-3", "a", null, "Weather Changed")));
        var question = Events.question("b", null, "home");
        question.putArray("events").add(Events.track("n-4", null, null, "Weather Changed"));
        server.post("/v1/decisions", question);

        var names = server.get("/v1/events/names").json();

        assertThat(find(names.path("names"), "name", "Product Viewed")
                        .path("used")
                        .asBoolean())
                .isTrue();
        var misspelt = find(names.path("names"), "name", "Prodcut Viewed");
        assertThat(misspelt.path("used").asBoolean()).isFalse();
        assertThat(misspelt.path("didYouMean").asText()).isEqualTo("Product Viewed");
        var unused = find(names.path("names"), "name", "Weather Changed");
        assertThat(unused.path("count").asInt()).isEqualTo(2);
        assertThat(unused.has("didYouMean")).isFalse();
        assertThat(names.path("neverSeen")).anyMatch(name -> name.asText().equals("Survey Answered"));
    }

    @Test
    void forgetsNothingWhenTheServiceEnds() {
        try (var other = redis.service()) {
            other.client()
                    .with(ExternalRedis.SECRET)
                    .post("/v1/track", Events.track("e-1", "e", null, "The Last Event"));
        }

        var stored = Service.redis(redis.port(), redis -> redis.sync().hget("tappa:shop:names", "The Last Event"));
        assertThat(stored).startsWith("1 ");
    }

    @Test
    void failsNoRequestWhileTheStoreIsAway() throws Exception {
        try (var other = new ExternalRedis().start();
                var service = other.service("--spring.data.redis.timeout=300ms")) {
            var server = service.client().with(ExternalRedis.SECRET);
            other.kill();

            var refused = server.post("/v1/track", Events.track("w-1", null, null, "Product Viewed"));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(server.get("/v1/events/refused").status()).isEqualTo(503);
            other.start();
            Patience.until("noted", Duration.ofSeconds(10), () -> noted(server));
        }
    }

    private static boolean noted(Client server) {
        var answer = server.get("/v1/events/refused");
        return answer.status() == 200 && answer.json().path("refused").size() == 1;
    }

    private static JsonNode find(JsonNode list, String... fields) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(one -> IntStream.range(0, fields.length / 2)
                        .allMatch(i -> one.path(fields[2 * i]).asText().equals(fields[2 * i + 1])))
                .findFirst()
                .orElseThrow(() -> new AssertionError(list.toString()));
    }
}
