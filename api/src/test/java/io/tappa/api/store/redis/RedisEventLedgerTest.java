package io.tappa.api.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.ExternalRedis;
import io.tappa.api.store.EventLedger;
import io.tappa.api.store.EventLedger.NameSeen;
import io.tappa.api.store.EventLedger.RefusedEvents;
import io.tappa.api.store.EventLedger.RefusedEvents.Example;
import io.tappa.api.store.RetentionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** What is kept of names and refusals, and for how long. */
@Timeout(60)
class RedisEventLedgerTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long NOW = 500_000 * HOUR;

    private final ExternalRedis server = new ExternalRedis().start();
    private RedisLink redis;
    private EventLedger ledger;

    @BeforeEach
    void connect() {
        var settings = new RedisSettings(
                "127.0.0.1", server.port(), null, null, new RedisSettings.Ssl(false), null, Duration.ofSeconds(10));
        redis = RedisLink.to(settings, 0);
        ledger = new RedisEventLedger(redis, new Keys("ledger"), RetentionSettings.DEFAULT);
    }

    @AfterEach
    void disconnect() {
        redis.close();
        server.close();
    }

    @Test
    void keepsAThousandNamesAndCountsTheRestTogether() {
        var counts = new TreeMap<String, Long>();
        for (int i = 0; i < 1_200; i++) {
            counts.put("Name " + i, 2L);
        }
        ledger.countNames(counts, NOW - 1).block();
        ledger.countNames(counts, NOW).block();

        var names = get(ledger.names());

        assertThat(names).hasSize(1_001);
        assertThat(names.get("Name 0")).isEqualTo(new NameSeen(4, NOW));
        assertThat(names.get(EventLedger.OTHER_NAMES)).isEqualTo(new NameSeen(800, NOW));
    }

    @Test
    void namesUnseenForAnHourMakeRoomTheLongestUnseenFirst() {
        var junk = new TreeMap<String, Long>();
        for (int i = 0; i < 998; i++) {
            junk.put("Junk " + i, 1L);
        }
        ledger.countNames(new TreeMap<>(Map.of("Rare", 7L)), NOW - 3 * HOUR).block();
        ledger.countNames(new TreeMap<>(Map.of("Known", 7L)), NOW - 2 * HOUR).block();
        ledger.countNames(junk, NOW - 2 * HOUR + 1).block();

        ledger.countNames(new TreeMap<>(Map.of("Product Viewed", 1L)), NOW - 2 * HOUR + 2)
                .block();
        ledger.countNames(new TreeMap<>(Map.of("Known", 1L, "New", 1L)), NOW).block();

        var names = get(ledger.names());
        assertThat(names).hasSize(1_000).doesNotContainKey("Rare");
        assertThat(names.get("Known")).isEqualTo(new NameSeen(8, NOW));
        assertThat(names).containsKeys("New", "Product Viewed");
    }

    @Test
    void addsUpRefusalsOfTwoDaysAndForgetsOlderOnes() {
        var refused = List.of(
                refused("key a", "invalid-field", 3, NOW, "new"),
                refused("key a", "invalid-field", 2, NOW - 47 * HOUR, "old"),
                refused("key a", "too-large", 1, NOW - HOUR, "large"),
                refused("key b", "too-large", 5, NOW - 48 * HOUR, "too old"));
        ledger.noteRefusals(refused).block();
        ledger.noteRefusals(refused.subList(0, 1)).block();

        assertThat(get(ledger.refusals(NOW)))
                .containsExactly(
                        refused("key a", "invalid-field", 8, NOW, "new"),
                        refused("key a", "too-large", 1, NOW - HOUR, "large"));
    }

    private static RefusedEvents refused(String key, String code, long count, long at, String what) {
        return new RefusedEvents(key, code, count, at, new Example("/batch/0", what, "Mend it."));
    }

    private static <T> T get(Mono<T> mono) {
        return mono.blockOptional().orElseThrow();
    }
}
