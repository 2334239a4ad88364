package io.tappa.engine.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tappa.engine.visitor.SeenEvents.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenEventsTest {
    private static final long NOW = Instant.parse("2026-03-29T00:59:30Z").toEpochMilli();
    private static final long DAY = Duration.ofHours(24).toMillis();

    @Test
    void anIdIsKnownFor24HoursAfterItArrived() {
        var seen = SeenEvents.NONE.plus(1, NOW);

        assertThat(seen.plus(2, NOW + DAY).contains(1)).isTrue();
    }

    @Test
    void anIdIsForgottenSoonAfter24Hours() {
        var seen = SeenEvents.NONE
                .plus(1, NOW)
                .plus(2, NOW + DAY + Duration.ofMinutes(2).toMillis());

        assertThat(seen.contains(1)).isFalse();
        assertThat(seen.contains(2)).isTrue();
    }

    @Test
    void aClockSetBackForgetsNothing() {
        var seen = SeenEvents.NONE.plus(1, NOW).plus(2, NOW - 2 * DAY).plus(3, NOW);

        assertThat(seen.hashes()).containsExactly(1, 2, 3);
        assertThat(seen.minutes()).isSorted();
    }

    @Test
    void keepsAsManyIdsAsFitAndSpillsTheOlderHalfBeyond() {
        var full = SeenEvents.NONE;
        for (int i = 0; i < SeenEvents.MOST; i++) {
            full = full.plus(i, NOW);
        }
        var over = full.plus(SeenEvents.MOST, NOW);

        assertThat(full.spills()).isEmpty();
        assertThat(full.withoutSpills()).isSameAs(full);
        assertThat(over.spills()).hasSize(SeenEvents.MOST / 2 + 1).first().isEqualTo(new Seen(0, NOW / 60_000));
        assertThat(over.withoutSpills().hashes()).hasSize(SeenEvents.MOST / 2).doesNotContain(0L);
        assertThat(full.spilled()).isFalse();
        assertThat(over.withoutSpills().spilled()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsKeptAndWhatIsSpilledIsTogetherEveryIdOfTheLast24Hours(int seed) {
        var random = new Random(seed);
        var seen = SeenEvents.NONE;
        Set<Long> elsewhere = new HashSet<>();
        Map<Long, Long> arrivals = new HashMap<>();
        long now = NOW;
        for (int i = 0; i < 2_000; i++) {
            now += random.nextInt(120_000);
            long hash = random.nextLong();
            arrivals.put(hash, now);
            seen = seen.plus(hash, now);
            seen.spills().forEach(spill -> elsewhere.add(spill.hash()));
            seen = seen.withoutSpills();
        }

        for (var arrival : arrivals.entrySet()) {
            boolean known = seen.contains(arrival.getKey()) || elsewhere.contains(arrival.getKey());
            assertThat(known || arrival.getValue() < now - DAY).isTrue();
        }
        assertThat(seen.hashes()).hasSizeLessThanOrEqualTo(SeenEvents.MOST);
        assertThat(seen.spilled()).isTrue();
    }

    @Test
    void comesBackFromTheStoreAsItWas() {
        var seen = SeenEvents.NONE.plus(1, NOW).plus(2, NOW + 60_000);

        assertThat(SeenEvents.of(seen.hashes(), seen.minutes(), false)).isEqualTo(seen);
        assertThat(SeenEvents.of(seen.hashes(), seen.minutes(), true)).isNotEqualTo(seen);
        assertThatThrownBy(() -> SeenEvents.of(new long[2], new long[1], false)).hasMessageContaining("one length");
    }
}
