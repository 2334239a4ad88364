package io.tappa.api.store;

import io.tappa.engine.identity.VisitorKey;
import reactor.core.publisher.Flux;

/** Looks for logs; never on the way of a request of a site. */
public interface LogWalk {
    /** All places whose logs may have lines, each once, a few shards at a time. */
    Flux<VisitorKey> places();
}
