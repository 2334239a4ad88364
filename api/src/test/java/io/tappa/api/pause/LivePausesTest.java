package io.tappa.api.pause;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Patience;
import io.tappa.api.store.PauseStore;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.engine.pause.Pause;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Reads that overtake writes, and reads that fail. */
@Timeout(30)
class LivePausesTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Pause VOUCHER = new Pause("offer:voucher-10", "wrong price", 0, Long.MAX_VALUE, "back");

    private final SlowStore store = new SlowStore();
    private final LivePauses pauses = new LivePauses(store);

    @AfterEach
    void close() {
        pauses.close();
    }

    @Test
    void aReadThatBeganBeforeAWriteDoesNotUndoIt() throws Exception {
        var reading = store.nextRead();

        pauses.put(VOUCHER).block();
        reading.tryEmitValue(new TreeMap<>()).orThrow();

        assertThat(pauses.now().byWhat()).containsOnlyKeys("offer:voucher-10");

        reading = store.nextRead();
        pauses.end("offer:voucher-10").block();
        reading.tryEmitValue(of(VOUCHER)).orThrow();

        assertThat(pauses.now().byWhat()).isEmpty();

        store.nextRead().tryEmitValue(of(VOUCHER)).orThrow();

        assertThat(pauses.now().byWhat()).containsOnlyKeys("offer:voucher-10");
    }

    @Test
    void goesOnReadingAfterAnyFailure() throws Exception {
        store.nextRead().tryEmitValue(of(VOUCHER)).orThrow();
        store.nextRead().tryEmitError(new StoreUnavailable("away")).orThrow();
        store.nextRead().tryEmitError(new IllegalStateException("damaged")).orThrow();

        assertThat(pauses.now().byWhat()).containsOnlyKeys("offer:voucher-10");

        store.nextRead().tryEmitValue(new TreeMap<>()).orThrow();

        assertThat(pauses.now().byWhat()).isEmpty();
    }

    @Test
    void beginsWithoutAStoreAndKnowsThatItDoesNotKnow() throws Exception {
        store.away = true;
        try (var early = new LivePauses(store)) {
            assertThat(early.now().byWhat()).isEmpty();
            assertThat(early.areKnown()).isFalse();
        }
    }

    private static SortedMap<String, Pause> of(Pause pause) {
        var all = new TreeMap<String, Pause>();
        all.put(pause.what(), pause);
        return all;
    }

    /** Answers the first read at once, and every other when the test says so. */
    private static final class SlowStore implements PauseStore {
        private final AtomicInteger reads = new AtomicInteger();
        private final ConcurrentLinkedQueue<Sinks.One<SortedMap<String, Pause>>> waiting =
                new ConcurrentLinkedQueue<>();
        private volatile boolean away;

        Sinks.One<SortedMap<String, Pause>> nextRead() throws Exception {
            Patience.until("the next read", SOON, () -> !waiting.isEmpty());
            return waiting.remove();
        }

        @Override
        public Mono<SortedMap<String, Pause>> all() {
            if (away) {
                return Mono.error(new StoreUnavailable("away"));
            }
            if (reads.getAndIncrement() == 0) {
                return Mono.just(new TreeMap<>());
            }
            var answer = Sinks.<SortedMap<String, Pause>>one();
            waiting.add(answer);
            return answer.asMono();
        }

        @Override
        public Mono<Boolean> put(Pause pause) {
            return Mono.just(true);
        }

        @Override
        public Mono<Boolean> end(String what) {
            return Mono.just(true);
        }
    }
}
