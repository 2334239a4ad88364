package io.tappa.api.event;

import io.tappa.api.store.FusedId;
import io.tappa.api.store.Home;
import io.tappa.api.store.Lead;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.Moving;
import io.tappa.api.store.SaveResult;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWrite;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.VisitorState;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** A real store that asks before each of its steps, so that a test decides what happens between them. */
final class SteppedStore implements VisitorStore {
    private final VisitorStore store;
    private final Gate gate;

    /** Lets a step run, or does not. */
    @FunctionalInterface
    interface Gate {
        <T> Mono<T> pass(Supplier<Mono<T>> step);
    }

    SteppedStore(VisitorStore store, Gate gate) {
        this.store = store;
        this.gate = gate;
    }

    @Override
    public Mono<List<Lead>> leads(Identities ids) {
        return gate.pass(() -> store.leads(ids));
    }

    @Override
    public Mono<Lead> lead(VisitorKey key, Identity id) {
        return gate.pass(() -> store.lead(key, id));
    }

    @Override
    public Mono<Home> home(VisitorKey key) {
        return gate.pass(() -> store.home(key));
    }

    @Override
    public Mono<Long> erasedMillis(VisitorKey key) {
        return gate.pass(() -> store.erasedMillis(key));
    }

    @Override
    public Mono<Home> at(VisitorKey key) {
        return gate.pass(() -> store.at(key));
    }

    @Override
    public Mono<Boolean> link(List<Identity> ids, VisitorKey key) {
        return gate.pass(() -> store.link(ids, key));
    }

    @Override
    public Mono<Set<Long>> spilled(List<VisitorKey> keys, List<Long> hashes) {
        return gate.pass(() -> store.spilled(keys, hashes));
    }

    @Override
    public Mono<SaveResult> save(VisitorWrite write) {
        return gate.pass(() -> store.save(write));
    }

    @Override
    public Mono<Boolean> freeze(VisitorKey key, VisitorState state, Moving moving) {
        return gate.pass(() -> store.freeze(key, state, moving));
    }

    @Override
    public Mono<Void> leave(VisitorKey key, VisitorState state, VisitorKey into) {
        return gate.pass(() -> store.leave(key, state, into));
    }

    @Override
    public Mono<Void> settle(VisitorKey key, VisitorState state, List<LogLine> log, List<String> ledger) {
        return gate.pass(() -> store.settle(key, state, log, ledger));
    }

    @Override
    public Mono<Void> drop(VisitorKey place, List<LogLine> log, List<String> ledger) {
        return gate.pass(() -> store.drop(place, log, ledger));
    }

    @Override
    public Mono<Void> clear(VisitorKey place, VisitorState left) {
        return gate.pass(() -> store.clear(place, left));
    }

    @Override
    public Mono<List<LogLine>> log(VisitorKey key) {
        return gate.pass(() -> store.log(key));
    }

    @Override
    public Mono<SaveResult> append(VisitorKey key, VisitorState state, List<LogLine> lines) {
        return gate.pass(() -> store.append(key, state, lines));
    }

    @Override
    public Mono<List<String>> ledger(VisitorKey key) {
        return gate.pass(() -> store.ledger(key));
    }

    @Override
    public Mono<List<FusedId>> fused(VisitorKey key) {
        return gate.pass(() -> store.fused(key));
    }

    @Override
    public Mono<FusedId> fused(VisitorKey key, Identity id) {
        return gate.pass(() -> store.fused(key, id));
    }

    @Override
    public Mono<SortedMap<String, Long>> counters(String journey) {
        return store.counters(journey);
    }
}
