package io.tappa.api.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Service;
import io.tappa.api.SharedService;
import io.tappa.api.embedded.EmbeddedRedis;
import io.tappa.api.store.DisplayCounts;
import io.tappa.api.store.DisplayCounts.Counter;
import io.tappa.api.store.DisplayCounts.Kind;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Counters of an hour add up, of all kinds and however many there are, and go after eight days. */
@Timeout(60)
@ExtendWith(SharedService.class)
class RedisDisplayCountsTest {
    private static final long HOUR = 12_345;

    private final int port;

    RedisDisplayCountsTest(Service service) {
        this.port = service.bean(EmbeddedRedis.class).port();
    }

    @Test
    void addUpAndEnd() {
        try (var redis = RedisLink.to(RedisSettings.EMBEDDED, port)) {
            var counts = new RedisDisplayCounts(redis, new Keys("counting"));
            var many = new HashMap<Counter, Long>();
            for (var kind : Kind.values()) {
                for (int i = 0; i < 600; i++) {
                    many.put(new Counter(kind, "home.p-" + i, i % 2 == 0 ? "" : "o-" + i), i + 1L);
                }
            }

            counts.add(HOUR, many).block();
            counts.add(HOUR, Map.of(new Counter(Kind.EXPOSED, "", "o-1"), 5L)).block();
            counts.add(HOUR, many).block();

            var all = counts.of(HOUR).block();
            assertThat(all).hasSize(2_401).containsEntry(new Counter(Kind.EXPOSED, "", "o-1"), 5L);
            many.forEach((counter, times) -> assertThat(all).containsEntry(counter, 2 * times));
            assertThat(counts.of(HOUR + 1).block()).isEmpty();
            long seconds = Service.redis(port, known -> known.sync().ttl("tappa:counting:displays:" + HOUR));
            assertThat(seconds).isBetween(DisplayCounts.KEPT.toSeconds() - 60, DisplayCounts.KEPT.toSeconds());
        }
    }
}
