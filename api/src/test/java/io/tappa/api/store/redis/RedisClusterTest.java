package io.tappa.api.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.embedded.RedisServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three masters: the same promises, and the whole service. */
@Timeout(120)
class RedisClusterTest extends VisitorStoreContract {
    private static RedisServers servers;

    @BeforeAll
    static void start() {
        servers = RedisServers.cluster();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Override
    RedisSettings settings() {
        var nodes = List.of(servers.nodes().split(",", -1));
        return new RedisSettings(
                null,
                0,
                null,
                null,
                new RedisSettings.Ssl(false),
                new RedisSettings.Cluster(nodes),
                Duration.ofSeconds(10));
    }

    @Test
    void servesEventsAndDecisionsFromThreeMasters() throws Exception {
        try (var service = ExternalRedis.serviceWith("--spring.data.redis.cluster.nodes=" + servers.nodes())) {
            var client = service.client().with(ExternalRedis.SECRET);
            var events = new ArrayList<ObjectNode>();
            for (int i = 0; i < 300; i++) {
                events.add(Events.track("m" + i, "a-" + i, null, "Product Added"));
                events.add(Events.identify("i" + i, "a-" + i, "u-" + i));
            }

            var once = client.post("/v1/batch", Events.batch(events)).json();
            var twice = client.post("/v1/batch", Events.batch(events)).json();
            var decision = client.post("/v1/decisions", Events.question(null, "u-7", "home"))
                    .json();
            var stages = client.get("/v1/journeys/shop/stages").json();

            assertThat(once.path("accepted").asInt()).isEqualTo(600);
            assertThat(twice.path("duplicates").asInt()).isEqualTo(600);
            assertThat(decision.at("/visitor/journeys/shop/stage").asText()).isEqualTo("intention");
            assertThat(decision.path("degraded")).isEmpty();
            assertThat(stages.path("visitors").asInt()).isEqualTo(300);
            assertThat(stages.at("/stages/intention").asInt()).isEqualTo(300);
            for (int master = 0; master < 3; master++) {
                assertThat(servers.call(master, "DBSIZE")).isNotEqualTo(List.of("0"));
            }
        }
    }
}
