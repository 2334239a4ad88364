package io.tappa.api.store;

import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import reactor.core.publisher.Mono;

/** Where visitors live. Every answer may be a {@link StoreUnavailable}. */
public interface VisitorStore {
    /** What {@code ids} lead to. One round trip; two when an id points to a visitor of another first id. */
    Mono<Located> locate(Identities ids);

    /**
     * Makes {@code ids} lead to {@code key}; written before the visitor, so that an id never leads nowhere. Answers false
     * when one of them leads elsewhere by now. One round trip.
     */
    Mono<Boolean> link(List<Identity> ids, VisitorKey key);

    /** Those of {@code hashes} that were counted for this visitor and no longer fit the state. One round trip. */
    Mono<Set<Long>> spilled(VisitorKey key, List<Long> hashes);

    /** Writes if nobody wrote since the state was read. One round trip. */
    Mono<SaveResult> save(VisitorWrite write);

    /** Appends to a visitor's log without touching the state. One round trip. */
    Mono<Void> append(VisitorKey key, LogLine line);

    /** The counters of a journey, summed over all shards. */
    Mono<SortedMap<String, Long>> counters(String journey);
}
