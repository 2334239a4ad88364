package io.tappa.api.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.store.Escrow;
import io.tappa.api.store.Escrow.Confirmed;
import io.tappa.api.store.Escrow.Level;
import io.tappa.api.store.Escrow.Part;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Of a budget no more is ever used and reserved than there is, and what is not confirmed in time is free again. */
@Timeout(60)
class RedisEscrowTest extends OnRedis {
    private static final long NOW = 1_774_688_400_000L;
    private static final Duration LIFE = Duration.ofMinutes(15);

    private Escrow escrow;
    private long now = NOW;

    @BeforeEach
    void make() {
        escrow = new RedisEscrow(redis, new Keys("escrow"));
    }

    private boolean reserve(String slot, String ref, long amount, long limit) {
        return get(escrow.reserve(new Part("bf", slot, ref, amount, limit), now, LIFE))
                .granted();
    }

    private Confirmed confirm(String ref) {
        return get(escrow.confirm("bf", ref, 1, 3, now));
    }

    private Level level() {
        return get(escrow.level("bf", now));
    }

    private static <T> T get(Mono<T> answer) {
        return Objects.requireNonNull(answer.block());
    }

    @Test
    void whoAsksAgainHasOneReservation() {
        assertThat(reserve("ann", "a1", 1, 3)).isTrue();
        assertThat(reserve("ann", "a2", 1, 3)).isTrue();
        assertThat(level()).isEqualTo(new Level(0, 1, 0, 0));

        assertThat(confirm("a1")).isEqualTo(Confirmed.COUNTED);
        assertThat(confirm("a1")).isEqualTo(Confirmed.AGAIN);
        assertThat(confirm("a2")).isEqualTo(Confirmed.AGAIN);
        assertThat(level()).isEqualTo(new Level(1, 0, 0, 0));
        assertThat(reserve("ann", "a3", 1, 3)).isTrue();
        assertThat(level()).isEqualTo(new Level(1, 0, 0, 0));
    }

    @Test
    void whatIsNotConfirmedInTimeIsFreeAgain() {
        assertThat(IntStream.range(0, 5).filter(i -> reserve("v" + i, "r" + i, 1, 3)))
                .containsExactly(0, 1, 2);
        confirm("r0");
        now += LIFE.toMillis() - 1;
        assertThat(reserve("v4", "r5", 1, 3)).isFalse();
        now += 1;
        assertThat(level()).isEqualTo(new Level(1, 0, 0, 0));
        assertThat(reserve("v3", "r6", 1, 3)).isTrue();
        assertThat(reserve("v4", "r7", 1, 3)).isTrue();
        assertThat(reserve("v5", "r8", 1, 3)).isFalse();
    }

    @Test
    void whatIsSeenTooLateCountsWhileThereIsEnough() {
        for (int i = 0; i < 3; i++) {
            reserve("v" + i, "r" + i, 1, 3);
        }
        now += LIFE.toMillis();
        reserve("v8", "r8", 1, 3);
        reserve("v9", "r9", 1, 3);

        assertThat(confirm("r0")).isEqualTo(Confirmed.LATE);
        assertThat(confirm("r0")).isEqualTo(Confirmed.AGAIN);
        assertThat(confirm("r1")).isEqualTo(Confirmed.OVER);
        assertThat(confirm("r8")).isEqualTo(Confirmed.COUNTED);
        assertThat(level()).isEqualTo(new Level(2, 1, 1, 1));
    }

    @Test
    void aSmallerBudgetGivesNothingMore() {
        reserve("v0", "r0", 1, 3);
        reserve("v1", "r1", 1, 3);

        assertThat(reserve("v2", "r2", 1, 2)).isFalse();
        assertThat(reserve("v1", "r3", 1, 1)).isTrue();
        assertThat(reserve("v2", "r4", 1, 3)).isTrue();
    }

    @Test
    void sixtyFourAtOnceNeverGetMoreThanThereIs() {
        var granted = Flux.range(0, 640)
                .flatMap(i -> escrow.reserve(new Part("bf", "v" + i, "r" + i, 7, 500), now, LIFE), 64)
                .filter(Escrow.Reserved::granted)
                .count();

        assertThat(get(granted)).isEqualTo(71);
        assertThat(level().held()).isEqualTo(497);
    }

    static Stream<Integer> seeds() {
        return IntStream.range(0, 30).boxed();
    }

    /** What the scripts promise, told simply. */
    private static final class Model {
        private record Slot(long amount, long start, long ends, boolean confirmed) {}

        private record Answer(String slot, long start, long ends) {}

        private final Map<String, Slot> slots = new HashMap<>();
        private final Map<String, Answer> answers = new HashMap<>();
        private final Set<String> done = new HashSet<>();
        private long used;

        private long held() {
            return slots.values().stream()
                    .filter(slot -> !slot.confirmed)
                    .mapToLong(Slot::amount)
                    .sum();
        }

        private void free(long now) {
            slots.values().removeIf(slot -> slot.ends <= now);
            answers.values().removeIf(answer -> answer.ends <= now);
        }

        boolean reserve(String slot, String ref, long amount, long limit, long now) {
            free(now);
            long ends = now + LIFE.toMillis();
            var known = slots.get(slot);
            if (known == null && used + held() + amount > limit) {
                return false;
            }
            var next = known == null
                    ? new Slot(amount, now, ends, false)
                    : known.confirmed ? known : new Slot(known.amount, known.start, ends, false);
            slots.put(slot, next);
            answers.put(ref, new Answer(slot, next.start, ends));
            return true;
        }

        Confirmed confirm(String ref, long amount, long limit, long now) {
            free(now);
            if (!done.add(ref)) {
                return Confirmed.AGAIN;
            }
            var answer = answers.get(ref);
            var slot = answer == null ? null : slots.get(answer.slot);
            if (slot != null && slot.start == answer.start) {
                if (slot.confirmed) {
                    return Confirmed.AGAIN;
                }
                slots.put(answer.slot, new Slot(slot.amount, slot.start, slot.ends, true));
                used += slot.amount;
                return Confirmed.COUNTED;
            }
            if (used + held() + amount > limit) {
                return Confirmed.OVER;
            }
            used += amount;
            return Confirmed.LATE;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void itDoesWhatASimpleModelDoes(int seed) {
        var random = new Random(seed);
        var model = new Model();
        long limit = 5L + random.nextInt(40);
        for (int step = 0; step < 250; step++) {
            now += random.nextInt(4) == 0 ? random.nextInt(600_000) : 1;
            var slot = "v" + random.nextInt(12);
            var ref = "r" + (random.nextInt(3) == 0 ? random.nextInt(40) : 100 + step);
            long amount = 1L + random.nextInt(3);
            if (random.nextInt(3) > 0) {
                assertThat(reserve(slot, ref, amount, limit)).isEqualTo(model.reserve(slot, ref, amount, limit, now));
            } else {
                var known = "r" + (random.nextBoolean() ? random.nextInt(40) : 100 + random.nextInt(step + 1));
                assertThat(get(escrow.confirm("bf", known, amount, limit, now)))
                        .isEqualTo(model.confirm(known, amount, limit, now));
            }
            model.free(now);
            assertThat(level().used()).isEqualTo(model.used);
            assertThat(level().held()).isEqualTo(model.held());
            assertThat(model.used + model.held()).isLessThanOrEqualTo(limit);
        }
    }
}
