package io.tappa.api.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service whose Redis is not there yet, dies under load, and comes back. */
@Timeout(120)
class RedisAwayTest {
    /** Two seconds, and as much again for machines that do several things at once. */
    private static final Duration SOON = Duration.ofSeconds(4);

    @Test
    void answersFlaggedWithoutRedisAndWellAgainSoonAfterItIsBack() throws Exception {
        try (var redis = new ExternalRedis();
                var service = redis.service("--spring.data.redis.timeout=300ms")) {
            var client = service.client().with(ExternalRedis.SECRET);
            assertThat(readiness(client)).isEqualTo(503);
            assertThat(client.get("/actuator/health/liveness").status()).isEqualTo(200);
            flagged(client);

            redis.start();
            Patience.until("ready", SOON, () -> readiness(client) == 200);
            Patience.until("the pack is published", SOON, () -> published(redis, service));
            good(client);

            killedUnderLoad(redis, client);

            redis.start();
            Patience.until("well again", SOON, () -> degraded(ask(client)).isEmpty());
            good(client);
            assertThat(readiness(client)).isEqualTo(200);
        }
    }

    private static void killedUnderLoad(ExternalRedis redis, Client client) throws InterruptedException {
        var stop = new AtomicBoolean();
        var answers = new CopyOnWriteArrayList<Client.Answer>();
        var load = new Thread(() -> {
            while (!stop.get()) {
                answers.addAll(Client.atOnce(
                        List.of(1, 2, 3, 4),
                        i -> i % 2 == 0
                                ? client.posted("/v1/decisions", question().toString())
                                : client.posted("/v1/track", event().toString())));
            }
        });
        load.start();
        redis.kill();
        flagged(client);
        stop.set(true);
        load.join();

        assertThat(answers).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.body()).isIn(200, 503);
            assertThat(answer.retryAfter()).isEqualTo(answer.status() == 503 ? "1" : "");
        });
    }

    private static void flagged(Client client) {
        var answer = ask(client);
        assertThat(degraded(answer)).containsExactly("store-unavailable");
        assertThat(answer.at("/decisions/0/offer").asText()).isEqualTo("welcome");
        assertThat(answer.at("/decisions/0/fallback").asBoolean()).isTrue();
        var withEvents = question();
        withEvents.putArray("events").add(Events.track("e", null, null, "Product Viewed"));
        assertThat(degraded(client.post("/v1/decisions", withEvents).json()))
                .containsExactly("store-unavailable", "events-not-saved");
        var refused = client.post("/v1/batch", Events.batch(event(), event()));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("store-unavailable");
        assertThat(refused.retryAfter()).isEqualTo("1");
        assertThat(client.get("/v1/visitors?userId=u").status()).isEqualTo(503);
        assertThat(client.get("/v1/journeys/shop/stages").status()).isEqualTo(503);
    }

    private static void good(Client client) {
        assertThat(client.post("/v1/batch", Events.batch(event(), event()))
                        .json()
                        .path("accepted")
                        .asInt())
                .isEqualTo(2);
        assertThat(degraded(ask(client))).isEmpty();
    }

    private static boolean published(ExternalRedis redis, Service service) {
        var hash = service.pack().hash();
        return Service.redis(
                redis.port(),
                connection -> connection.sync().llen("tappa:shop:releases") == 1
                        && connection.sync().exists("tappa:shop:pack:" + hash) == 1);
    }

    private static int readiness(Client client) {
        return client.get("/actuator/health/readiness").status();
    }

    private static JsonNode ask(Client client) {
        var answer = client.post("/v1/decisions", question());
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private static ObjectNode question() {
        return Events.question(UUID.randomUUID().toString(), null, "home");
    }

    private static ObjectNode event() {
        return Events.track(UUID.randomUUID().toString(), UUID.randomUUID().toString(), null, "Product Viewed");
    }

    private static List<String> degraded(JsonNode answer) {
        var reasons = new ArrayList<String>();
        answer.path("degraded").forEach(reason -> reasons.add(reason.asText()));
        return reasons;
    }
}
