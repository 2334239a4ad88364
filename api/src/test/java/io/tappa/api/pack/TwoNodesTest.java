package io.tappa.api.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Client;
import io.tappa.api.ExternalRedis;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two services on one Redis: what one of them publishes both serve. */
@Timeout(120)
class TwoNodesTest {
    /** Two seconds, and as much again for machines that do several things at once. */
    private static final Duration SOON = Duration.ofSeconds(4);

    private static ShopCopy shop;
    private static ExternalRedis redis;
    private static Service one;
    private static Service other;

    @BeforeAll
    static void start() {
        shop = new ShopCopy();
        redis = new ExternalRedis().start();
        one = redis.service(shop.setting());
        other = redis.service();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        redis.close();
        shop.close();
    }

    private final Client client = one.client().with(ExternalRedis.SECRET);

    @Test
    void switchTogetherKeepEveryVersionAndNeverTakeABrokenOne() throws Exception {
        var first = one.pack().hash();
        assertThat(other.pack().hash()).isEqualTo(first);
        shop.replace("touchpoints.yaml", "fallback: easy-returns", "fallback: secure-payment");

        var reload = client.post("/v1/packs/shop:reload", "");

        assertThat(reload.status()).as(reload.body()).isEqualTo(200);
        var second = reload.json().path("hash").asText();
        assertThat(second).isNotEqualTo(first);
        assertThat(one.pack().hash()).isEqualTo(second);
        Patience.until("the other follows", SOON, () -> other.pack().hash().equals(second));
        assertThat(keys(first) + keys(second)).isEqualTo(2);

        shop.replace("touchpoints.yaml", "fallback: similar-products", "fallback: similar-product");
        shop.replace("decisions/home.yaml", "show: shoes-story", "show: shoe-story");
        var broken = client.post("/v1/packs/shop:reload", "");

        assertThat(broken.status()).isEqualTo(422);
        assertThat(broken.json().path("errors")).hasSizeGreaterThanOrEqualTo(2).allSatisfy(problem -> {
            assertThat(problem.path("file").asText()).isNotBlank();
            assertThat(problem.path("line").asInt()).isPositive();
            assertThat(problem.path("cure").asText()).isNotBlank();
        });
        assertThat(broken.body()).contains("similar-products", "shoes-story");
        assertThat(one.pack().hash()).isEqualTo(second);
        assertThat(other.pack().hash()).isEqualTo(second);
        assertThat(newestRelease()).contains(second);
    }

    private static long keys(String hash) {
        return Service.redis(redis.port(), connection -> connection.sync().exists("tappa:shop:pack:" + hash));
    }

    private static String newestRelease() {
        return Service.redis(redis.port(), connection -> connection.sync().lindex("tappa:shop:releases", -1));
    }
}
