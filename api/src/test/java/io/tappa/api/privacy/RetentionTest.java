package io.tappa.api.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.api.sync.RedisCommands;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing about a person is kept for ever: each class of keys has its life. */
@Timeout(120)
class RetentionTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");
    private static ConsentPack pack;
    private static Service service;

    private final Client client = service.client();
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void start() throws IOException {
        pack = new ConsentPack("granted");
        service = pack.start(
                "--tappa.clock=events",
                "--tappa.timers.pause=50ms",
                "--tappa.retention.visitors=24d",
                "--tappa.retention.denials=20d",
                "--tappa.retention.erasures=5d",
                "--tappa.retention.names=30d",
                "--tappa.retention.refusals=3h",
                "--tappa.retention.jobs=4h");
    }

    @AfterAll
    static void stop() {
        service.close();
        pack.close();
    }

    @Test
    void aVisitorIsForgottenAndCountedOutSomeTimeAfterTheLastEvent() throws Exception {
        var quiet = "quiet-" + run;
        var busy = "busy-" + run;
        send(Events.at(MORNING, Events.track("m-" + run, quiet, null, "Order Completed")), track(busy, MORNING));
        assertThat(won()).isEqualTo(1);
        send(track(busy, MORNING.plus(Duration.ofDays(20))), track("clock-" + run, MORNING.plus(Duration.ofDays(23))));
        assertThat(status(quiet)).isEqualTo(200);

        send(track("clock-" + run, MORNING.plus(Duration.ofDays(26)).plusSeconds(1)));

        Patience.until("forgotten", SOON, () -> status(quiet) == 404);
        assertThat(status(busy)).isEqualTo(200);
        Patience.until("counted out", SOON, () -> won() == 0);
        assertThat(keysOf(quiet)).isEmpty();
    }

    @Test
    void mostEventsDoNotSetTheTimerOfAVisitorAnew() {
        var device = "timer-" + run;
        send(track(device, MORNING.plusSeconds(1)));
        double first = timer(device);

        send(track(device, MORNING.plus(Duration.ofMinutes(10))));

        assertThat(timer(device)).isEqualTo(first);
    }

    @Test
    void aDenialHasItsLife() {
        var device = "denial-" + run;
        var no = track(device, MORNING);
        no.withObject("/context/consent").put("personalization_storage", "denied");

        send(no);

        assertThat(life("*:gone:" + key(device))).isBetween(Duration.ofDays(19), Duration.ofDays(20));
    }

    @Test
    void theMomentOfAnErasureHasItsLife() {
        var device = "erased-" + run;
        send(track(device, MORNING));

        client.delete("/v1/visitors/" + key(device));

        assertThat(status(device)).isEqualTo(404);
        assertThat(life("*:gone:" + key(device))).isBetween(Duration.ofDays(4), Duration.ofDays(5));
    }

    @Test
    void namesRefusalsAndJobsHaveTheirLives() throws Exception {
        send(track("names-" + run, MORNING));
        client.post("/v1/batch", "{\"batch\":[{\"type\":\"nothing\"}]}");
        client.send(client.request("/v1/data/people?job=job-" + run)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("userId,name,updatedAt\nu-" + run + ",Ada," + MORNING + "\n,nobody,\n"))
                .build());

        Patience.until("names", SOON, () -> exists("tappa:shop:names") && exists("tappa:shop:refused:*"));
        assertThat(life("tappa:shop:names")).isBetween(Duration.ofDays(29), Duration.ofDays(30));
        assertThat(life("tappa:shop:refused:*")).isBetween(Duration.ofHours(2), Duration.ofHours(3));
        assertThat(life("tappa:shop:job:job-" + run)).isBetween(Duration.ofHours(3), Duration.ofHours(4));
        assertThat(life("tappa:shop:job:job-" + run + ":refused")).isBetween(Duration.ofHours(3), Duration.ofHours(4));
    }

    @Test
    void aLedgerHoldsTheNewestThousandMoves() {
        var device = "ledger-" + run;
        for (int part = 0; part < 6; part++) {
            var events = new ArrayList<ObjectNode>();
            for (int i = 0; i < 200; i++) {
                var name = i % 2 == 0 ? "Order Completed" : "Page Viewed";
                var event = Events.track(UUID.randomUUID().toString(), device, null, name);
                events.add(Events.at(MORNING.plusSeconds(part * 200L + i), event));
            }
            assertThat(client.post("/v1/batch", Events.batch(events))
                            .json()
                            .path("accepted")
                            .asInt())
                    .isEqualTo(200);
        }

        long moves = redis(redis -> redis.llen(keyLike("*:moves:" + key(device))));

        assertThat(moves).isEqualTo(1_000);
    }

    private static ObjectNode track(String device, Instant at) {
        return Events.at(at, Events.track(UUID.randomUUID().toString(), device, null, "Product Viewed"));
    }

    private void send(ObjectNode... events) {
        var sorted = new ArrayList<>(List.of(events));
        sorted.sort(Comparator.comparing(event -> event.path("timestamp").asText()));
        var answer = client.post("/v1/batch", Events.batch(sorted));
        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isEqualTo(events.length);
    }

    private int status(String device) {
        return client.get("/v1/visitors?anonymousId=" + device).status();
    }

    private int won() {
        return client.get("/v1/journeys/visit/stages").json().at("/stages/won").asInt();
    }

    private static String key(String device) {
        return place(device).text();
    }

    private double timer(String device) {
        return redis(redis -> redis.zscore(timers(device), key(device)));
    }

    private static String timers(String device) {
        return "tappa:shop:{s" + place(device).shard() + "}:timers";
    }

    private static VisitorKey place(String device) {
        return VisitorKey.of(new Identity(IdKind.ANONYMOUS, device));
    }

    private static List<String> keysOf(String device) {
        return service.redis(connection -> Service.keys(connection, "*" + key(device)));
    }

    private static String keyLike(String pattern) {
        return service.redis(connection -> Service.keys(connection, pattern).get(0));
    }

    private static boolean exists(String pattern) {
        return service.redis(connection -> !Service.keys(connection, pattern).isEmpty());
    }

    private static Duration life(String pattern) {
        return redis(redis -> Duration.ofMillis(redis.pttl(keyLike(pattern))));
    }

    private static <T> T redis(Function<RedisCommands<String, String>, T> question) {
        return service.redis(connection -> question.apply(connection.sync()));
    }
}
