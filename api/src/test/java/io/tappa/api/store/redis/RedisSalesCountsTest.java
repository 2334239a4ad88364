package io.tappa.api.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.embedded.RedisServers;
import io.tappa.api.store.SalesCounts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sales add up by day and by product, bounded, for a while; on a cluster, too. */
@Timeout(60)
class RedisSalesCountsTest extends OnRedis {
    private static final long DAY = 20_515;

    private SalesCounts sales() {
        return new RedisSalesCounts(redis, new Keys("shop"));
    }

    @Test
    void daysAddUpAndStayApart() {
        var sales = sales();

        sales.sold(DAY, Map.of("p 1, è", 3L, "p-2", 1L)).block();
        sales.sold(DAY, Map.of("p 1, è", 2L)).block();
        sales.sold(DAY - 1, Map.of("p-2", 7L)).block();

        assertThat(sales.sold(DAY).block()).isEqualTo(Map.of("p 1, è", 5L, "p-2", 1L));
        assertThat(sales.sold(DAY - 1).block()).isEqualTo(Map.of("p-2", 7L));
        assertThat(sales.sold(DAY + 1).block()).isEmpty();
        assertLives(new Keys("shop").sold(DAY), SalesCounts.DAY_KEPT);
    }

    @Test
    void ofADayTheProductsThatSoldBestStay() {
        var many = new HashMap<String, Long>();
        for (int i = 1; i <= 2_500; i++) {
            many.put("p-" + i, (long) i);
        }

        sales().sold(DAY, many).block();

        var kept = Objects.requireNonNull(sales().sold(DAY).block());
        assertThat(kept).hasSize(SalesCounts.MOST_A_DAY).containsEntry("p-2500", 2_500L);
    }

    @Test
    void whatWasBoughtWithSeveralProductsIsAddedUp() {
        var sales = sales();

        sales.together(Map.of("a", Map.of("b", 2L, "c", 1L), "b", Map.of("a", 2L, "c", 5L)))
                .block();
        sales.together(Map.of("a", Map.of("c", 1L))).block();

        assertThat(sales.together(List.of("a", "b", "nothing")).block()).isEqualTo(Map.of("a", 2L, "b", 2L, "c", 7L));
        assertThat(sales.together(List.of()).block()).isEmpty();
        assertLives(new Keys("shop").together("a"), SalesCounts.TOGETHER_KEPT);
    }

    @Test
    void ofAProductTheOnesBoughtMostOftenWithItStay() {
        var others = new TreeMap<String, Long>();
        for (int i = 1; i <= 300; i++) {
            others.put("p-" + i, (long) i);
        }

        sales().together(Map.of("a", others)).block();

        assertThat(sales().together(List.of("a")).block())
                .hasSize(SalesCounts.MOST_TOGETHER)
                .containsKeys("p-300", "p-251")
                .doesNotContainKey("p-250");
    }

    @Test
    void aClusterCountsTheSame() {
        try (var servers = RedisServers.cluster();
                var link = RedisLink.to(RedisSettings.cluster(servers.nodes()), 0)) {
            var sales = new RedisSalesCounts(link, new Keys("shop"));
            var orders = new TreeMap<String, Map<String, Long>>();
            for (int i = 0; i < 120; i++) {
                orders.put("p-" + i, Map.of("x", 1L, "y", (long) i));
            }

            sales.together(orders).block();
            sales.sold(DAY, Map.of("a", 1L)).block();

            assertThat(sales.together(orders.keySet()).block()).isEqualTo(Map.of("x", 120L, "y", 119L * 120 / 2));
            assertThat(sales.sold(DAY).block()).isEqualTo(Map.of("a", 1L));
        }
    }

    private void assertLives(byte[] key, Duration life) {
        long left =
                Objects.requireNonNull(redis.run(commands -> commands.pttl(key)).block());
        assertThat(Duration.ofMillis(left)).isBetween(life.minusMinutes(1), life);
    }
}
