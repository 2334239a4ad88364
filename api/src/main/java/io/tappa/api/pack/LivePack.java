package io.tappa.api.pack;

import io.tappa.engine.pack.PackSnapshot;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** The version that answers now. A request takes it once and keeps it. */
public final class LivePack {
    private final AtomicReference<PackSnapshot> live;
    private final Sinks.Many<String> changes = Sinks.many().multicast().directBestEffort();

    private final Duration keep;

    /** Begins with {@code first}; visitors are remembered for {@code keep} after their last event. */
    LivePack(PackSnapshot first, Duration keep) {
        this.keep = keep;
        this.live = new AtomicReference<>(first.keeping(keep));
    }

    /** The snapshot to use for one whole request. */
    public PackSnapshot now() {
        return live.get();
    }

    /** The version of every pack that goes live from now on; whoever is slow misses some. */
    public Flux<String> changes() {
        return changes.asFlux();
    }

    void swap(PackSnapshot next) {
        live.set(next.keeping(keep));
        synchronized (changes) {
            changes.tryEmitNext(next.version());
        }
    }
}
