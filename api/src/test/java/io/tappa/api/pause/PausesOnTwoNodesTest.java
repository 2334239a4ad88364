package io.tappa.api.pause;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Client;
import io.tappa.api.ExternalRedis;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two services on one Redis: what is paused on one is held on both. */
@Timeout(120)
class PausesOnTwoNodesTest {
    private static final String PAUSES = "/v1/packs/shop/pauses";
    private static final Duration SOON = Duration.ofSeconds(1);

    private static ExternalRedis redis;
    private static Service one;
    private static Service other;

    @BeforeAll
    static void start() {
        redis = new ExternalRedis().start();
        one = redis.service();
        other = redis.service();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        redis.close();
    }

    private final Client client = one.client().with(ExternalRedis.SECRET);

    @Test
    void aPauseAndItsEndReachTheOtherWithinASecond() throws Exception {
        var answer = client.post(PAUSES, "{\"what\":\"everything\",\"reason\":\"the shop moves\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("by").asText()).isEqualTo("server");
        assertThat(paused(one)).containsOnlyKeys("everything");
        Patience.until("the other holds it", SOON, () -> paused(other).containsKey("everything"));
        assertThat(paused(other)).isEqualTo(paused(one));

        var ended = other.client().with(ExternalRedis.SECRET).delete(PAUSES + "/everything");

        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
        assertThat(paused(other)).isEmpty();
        Patience.until("the first holds it no more", SOON, () -> paused(one).isEmpty());
    }

    private static Map<String, ?> paused(Service service) {
        return service.bean(LivePauses.class).now().byWhat();
    }
}
