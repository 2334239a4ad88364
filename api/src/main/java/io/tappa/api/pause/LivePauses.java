package io.tappa.api.pause;

import io.tappa.api.store.PauseStore;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.engine.pause.Pause;
import io.tappa.engine.pause.Pauses;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What is paused, on this node as soon as it is stored and on all others some moments later; while the store is away, what
 * was known last. A request takes the pauses once and keeps them.
 */
@Component
public final class LivePauses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LivePauses.class);
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PauseStore store;
    private final AtomicReference<Pauses> live = new AtomicReference<>(Pauses.NONE);
    private final Disposable reading;
    private volatile boolean known;
    private volatile boolean damaged;

    LivePauses(PauseStore store) {
        this.store = store;
        read().timeout(PATIENCE, Mono.empty()).block();
        this.reading = Flux.interval(EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> read(), 1)
                .subscribe();
    }

    /** The pauses to use for one whole request. */
    public Pauses now() {
        return live.get();
    }

    /** Whether they were ever read. */
    boolean areKnown() {
        return known;
    }

    /** Reads all; what was read before a write of this node is older than that write, and is left. */
    private Mono<Void> read() {
        return Mono.defer(() -> {
                    var before = live.get();
                    return store.all().doOnNext(all -> replace(before, all));
                })
                .then()
                .onErrorResume(RuntimeException.class, this::keep);
    }

    private void replace(Pauses before, SortedMap<String, Pause> all) {
        live.compareAndSet(before, new Pauses(all));
        known = true;
        damaged = false;
    }

    /** Passed on, a failure would end the reading for good, and nobody would hear of it. */
    private Mono<Void> keep(RuntimeException failure) {
        if (failure instanceof StoreUnavailable) {
            LOG.debug("The store is away: {}", failure.toString());
        } else if (!damaged) {
            damaged = true;
            LOG.error("The pauses cannot be read; those known last are kept", failure);
        }
        return Mono.empty();
    }

    /** Stores {@code pause}, and from then on it holds here; false when there are too many. */
    public Mono<Boolean> put(Pause pause) {
        return store.put(pause).doOnNext(taken -> {
            if (taken) {
                live.updateAndGet(pauses -> pauses.with(pause));
            }
        });
    }

    /** Ends the pause of {@code what}, here from then on too, and answers whether there was one. */
    Mono<Boolean> end(String what) {
        return store.end(what).doOnNext(ended -> live.updateAndGet(pauses -> pauses.without(what)));
    }

    /** All pauses as they are stored now. */
    public Mono<Pauses> stored() {
        return store.all().map(Pauses::new);
    }

    @Override
    public void close() {
        reading.dispose();
    }
}
