package io.tappa.api.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class RedisServersTest {
    @Test
    void formAClusterOfThreeMasters() throws IOException {
        try (var servers = RedisServers.cluster()) {
            for (var index = 0; index < 3; index++) {
                assertThat(String.join("", servers.call(index, "CLUSTER", "INFO")))
                        .contains("cluster_state:ok", "cluster_slots_ok:16384", "cluster_size:3");
            }
            assertThat(servers.nodes().split(",", -1)).hasSize(3);
        }
    }

    @Test
    void aReplicaTakesOverFromAKilledMaster() throws IOException {
        try (var servers = RedisServers.clusterWithReplicas()) {
            servers.kill(0);

            var patience = Deadline.in(Duration.ofSeconds(30));
            while (!servers.call(3, "ROLE").get(0).equals("master") && !patience.passed()) {
                Deadline.pause();
            }
            assertThat(servers.call(3, "ROLE")).startsWith("master");
            servers.restart(0);
        }
    }
}
