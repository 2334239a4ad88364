package io.tappa.api.pause;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Client;
import io.tappa.api.ExternalRedis;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds while Redis is not there yet, dies, and comes back. */
@Timeout(120)
class PausesWithoutStoreTest {
    private static final String PAUSES = "/v1/packs/shop/pauses";
    private static final String BODY = "{\"what\":\"offer:voucher-10\",\"reason\":\"the price is wrong\"}";
    /** Two seconds, and as much again for machines that do several things at once. */
    private static final Duration SOON = Duration.ofSeconds(4);

    @Test
    void whatWasKnownLastHoldsWhileTheStoreIsAwayAndNobodyIsReadyWithoutKnowing() throws Exception {
        try (var redis = new ExternalRedis().start();
                var service = redis.service("--spring.data.redis.timeout=300ms")) {
            var client = service.client().with(ExternalRedis.SECRET);
            assertThat(client.post(PAUSES, BODY).status()).isEqualTo(200);

            redis.kill();

            for (var answer : new Client.Answer[] {
                client.post(PAUSES, BODY), client.get(PAUSES), client.delete(PAUSES + "/offer:voucher-10")
            }) {
                assertThat(answer.status()).as(answer.body()).isEqualTo(503);
                assertThat(answer.code()).isEqualTo("store-unavailable");
                assertThat(answer.retryAfter()).isEqualTo("1");
            }
            assertThat(paused(service)).containsOnlyKeys("offer:voucher-10");

            try (var late = redis.service("--spring.data.redis.timeout=300ms")) {
                var lateClient = late.client().with(ExternalRedis.SECRET);
                assertThat(readiness(lateClient)).isEqualTo(503);
                assertThat(late.bean(LivePauses.class).areKnown()).isFalse();

                redis.start();

                Patience.until("ready", SOON, () -> readiness(lateClient) == 200);
                assertThat(paused(late)).containsOnlyKeys("offer:voucher-10");
            }
            Patience.until("well again", SOON, () -> client.get(PAUSES).status() == 200);
            assertThat(paused(service)).containsOnlyKeys("offer:voucher-10");
            assertThat(client.delete(PAUSES + "/offer:voucher-10").status()).isEqualTo(200);
        }
    }

    private static int readiness(Client client) {
        return client.get("/actuator/health/readiness").status();
    }

    private static Map<String, ?> paused(Service service) {
        return service.bean(LivePauses.class).now().byWhat();
    }
}
