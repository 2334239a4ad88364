package io.tappa.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.MovedClock;
import io.tappa.api.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node kept of a visitor is never what it answers with once somebody else has written. */
@Timeout(180)
class NearVisitorsTest {
    private static final Instant BEGIN = Instant.parse("2026-03-02T09:00:00Z");

    private final MovedClock clock = new MovedClock(BEGIN);
    private final ExternalRedis redis = new ExternalRedis().start();
    private final ExternalRedis plain = new ExternalRedis().start();
    private Service one;
    private Service other;
    private Service without;

    @BeforeEach
    void start() {
        one = redis.serviceAt(clock);
        other = redis.serviceAt(clock);
        without = plain.serviceAt(clock, "--tappa.near.visitors=0");
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        without.close();
        redis.close();
        plain.close();
    }

    private static Client client(Service node) {
        return node.client().with(ExternalRedis.SECRET);
    }

    private static JsonNode decide(Service node, String id, String touchpoint) {
        var answer = client(node).post("/v1/decisions", Events.question(id, null, touchpoint));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** How many values were read from the store; a write by a script reads one as well. */
    private long reads() {
        return Service.redis(
                redis.port(),
                connection -> connection
                        .sync()
                        .info("commandstats")
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("cmdstat_mget:calls="))
                        .mapToLong(line -> Long.parseLong(line.split("[=,]", -1)[1]))
                        .sum());
    }

    private void viewed(Service node, String id) {
        var event = Events.track(UUID.randomUUID().toString(), id, null, "Product Viewed");
        assertThat(client(node).post("/v1/track", Events.at(clock.now(), event)).status())
                .isEqualTo(200);
    }

    @Test
    void theNextPageOfAVisitorIsDecidedWithoutReadingThem() {
        viewed(one, "d-1");
        long before = reads();

        decide(one, "d-1", "home");
        decide(one, "d-1", "home");
        decide(one, "d-1", "cart");

        assertThat(before).isPositive();
        assertThat(reads()).isEqualTo(before);
        decide(other, "d-1", "home");
        assertThat(reads()).isEqualTo(before + 1);
    }

    @Test
    void whoeverWasForgottenElsewhereIsNobodyHere() {
        viewed(one, "d-1");
        decide(one, "d-1", "home");
        var id = client(other)
                .get("/v1/visitors?anonymousId=d-1")
                .json()
                .path("id")
                .asText();
        assertThat(client(other).delete("/v1/visitors/" + id).status()).isEqualTo(204);

        var answer = decide(one, "d-1", "home");

        assertThat(answer.at("/visitor/journeys")).isEmpty();
        assertThat(client(one).get("/v1/visitors?anonymousId=d-1").status()).isEqualTo(404);
    }

    /** Two nodes that keep visitors answer what one does that keeps nobody. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4})
    void twoNodesAnswerWhatOneDoesThatKeepsNobody(int seed) {
        var random = new Random(seed);
        for (int step = 0; step < 250; step++) {
            var id = "d-" + random.nextInt(6);
            var node = random.nextBoolean() ? one : other;
            if (random.nextInt(3) == 0) {
                var event = happened(random, id, step);
                for (var each : List.of(node, without)) {
                    assertThat(client(each)
                                    .post("/v1/batch", Events.batch(event))
                                    .status())
                            .isEqualTo(200);
                }
            } else {
                var touchpoint = random.nextBoolean() ? "home" : "cart";
                assertThat(told(decide(node, id, touchpoint))).isEqualTo(told(decide(without, id, touchpoint)));
            }
            clock.pass(Duration.ofMinutes(random.nextInt(20)));
        }
    }

    private ObjectNode happened(Random random, String id, int step) {
        var message = "m-%d-%s".formatted(step, clock.now());
        var user = random.nextInt(5) == 0 ? "u-" + random.nextInt(3) : null;
        var name = List.of("Product Viewed", "Product Added", "Order Completed").get(random.nextInt(3));
        var event = Events.track(message, id, user, name);
        Events.with("product_id", "p-1", event);
        Events.with("price", 40, event);
        Events.with("order_id", message, event);
        Events.with("total", 40, event);
        if (random.nextInt(8) == 0) {
            event.withObject("/context/consent")
                    .put("personalization_storage", random.nextBoolean() ? "granted" : "denied");
        }
        return Events.at(clock.now(), event);
    }

    private static List<String> told(JsonNode answer) {
        var told = new ArrayList<String>();
        told.add(answer.path("visitor").path("journeys").toString());
        answer.path("decisions").forEach(decided -> told.add(decided.toString()));
        return told;
    }
}
