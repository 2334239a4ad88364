package io.tappa.api.store;

import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.VisitorState;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import reactor.core.publisher.Mono;

/** Where visitors live. Every answer may be a {@link StoreUnavailable}. */
public interface VisitorStore {
    /** Most lines kept of two days of a visitor's log; the oldest go first. */
    int MOST_LINES = 1_000;

    /**
     * Where each of {@code ids} leads, in their order. One round trip; one more for each hop, where an id points to a
     * visitor of another first id.
     */
    Mono<List<Lead>> leads(Identities ids);

    /** Who a visitor's place leads to by now, wherever {@code id} itself was handed over to. One round trip for each hop. */
    Mono<Lead> lead(VisitorKey key, Identity id);

    /** Who lives at exactly this place, or empty; not who it leads to. One round trip. */
    Mono<Home> at(VisitorKey key);

    /** Who lives at this place or where it leads, or empty. One round trip for each hop. */
    Mono<Home> home(VisitorKey key);

    /** Up to which moment events of whoever was known at this place were erased, in milliseconds since 1970; 0 for none. One round trip. */
    Mono<Long> erasedMillis(VisitorKey key);

    /**
     * Makes {@code ids} lead to {@code key}; written before the visitor, so that an id never leads nowhere. Answers false
     * when one of them leads elsewhere by now. One round trip.
     */
    Mono<Boolean> link(List<Identity> ids, VisitorKey key);

    /** Those of {@code hashes} that were counted for one of these visitors and no longer fit the state. One round trip each. */
    Mono<Set<Long>> spilled(List<VisitorKey> keys, List<Long> hashes);

    /** Writes if nobody wrote since the state was read. One round trip. */
    Mono<SaveResult> save(VisitorWrite write);

    /** First step of a merge: nobody may change {@code state} any more. False when somebody was faster. One round trip. */
    Mono<Boolean> freeze(VisitorKey key, VisitorState state, Moving moving);

    /** Last step of a merge: the frozen place leads to the visitor it went into. One round trip. */
    Mono<Void> leave(VisitorKey key, VisitorState state, VisitorKey into);

    /**
     * Second step of a parting: {@code state} lives at {@code key} again, with its lines of log and ledger, unless it already
     * does. One round trip.
     */
    Mono<Void> settle(VisitorKey key, VisitorState state, List<LogLine> log, List<String> ledger);

    /** Takes lines out of the log and the ledger at {@code place}. One round trip. */
    Mono<Void> drop(VisitorKey place, List<LogLine> log, List<String> ledger);

    /**
     * Clears a place where nobody lives: its pointer, logs, ledger, timer. What is {@code left}, denials and the moment up to
     * which events of that id stay out, is kept there for some time. One round trip.
     */
    Mono<Void> clear(VisitorKey place, VisitorState left);

    /** What was logged of a visitor, oldest first. One round trip. */
    Mono<List<LogLine>> log(VisitorKey key);

    /**
     * Appends {@code lines}, at least one, to the log of a visitor without touching the {@code state} that was read, unless that
     * visitor was forgotten or moved meanwhile. One round trip.
     */
    Mono<SaveResult> append(VisitorKey key, VisitorState state, List<LogLine> lines);

    /** The ledger of every move that became final, oldest first, as JSON. One round trip. */
    Mono<List<String>> ledger(VisitorKey key);

    /** Ids of a visitor that its state no longer tells apart. One round trip. */
    Mono<List<FusedId>> fused(VisitorKey key);

    /** {@code id}, where it is one that the visitor's state no longer tells apart, or empty. One round trip. */
    Mono<FusedId> fused(VisitorKey key, Identity id);

    /** The counters of a journey, summed over all shards. */
    Mono<SortedMap<String, Long>> counters(String journey);
}
