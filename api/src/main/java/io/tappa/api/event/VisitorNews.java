package io.tappa.api.event;

import io.tappa.engine.identity.VisitorKey;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Tells listeners on this node whose state has just changed; whoever is slow misses some. */
public final class VisitorNews {
    private final Sinks.Many<VisitorKey> sink = Sinks.many().multicast().directBestEffort();

    /** Says that the visitor changed. */
    public void changed(VisitorKey key) {
        synchronized (sink) {
            sink.tryEmitNext(key);
        }
    }

    /** Everybody who changes from now on. */
    public Flux<VisitorKey> stream() {
        return sink.asFlux();
    }
}
