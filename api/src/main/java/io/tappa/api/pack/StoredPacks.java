package io.tappa.api.pack;

import io.tappa.api.store.CodeStore;
import io.tappa.api.store.PackStore;
import io.tappa.api.store.Release;
import io.tappa.engine.fact.Gathering;
import io.tappa.engine.offer.CodePools;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The versions in the store, for whoever may wait for them. */
final class StoredPacks {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** So long after a publish all nodes keep what the new version reads. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final PackStore store;
    private final CodeStore codes;
    private final InstantSource clock;

    StoredPacks(PackStore store, CodeStore codes, InstantSource clock) {
        this.store = store;
        this.codes = codes;
        this.clock = clock;
    }

    /** A version that went live, and as which release. */
    record Released(PackSnapshot snapshot, Release release) {}

    /** The hash of the live version, or null where none was ever published. */
    @Nullable
    String liveHash() {
        return store.live().block(PATIENCE);
    }

    /** The live version, or null where there is none or it cannot be built here. */
    @Nullable
    PackSnapshot live() {
        var hash = liveHash();
        return hash == null ? null : version(hash);
    }

    /** The version of this hash, or null where there is none or it cannot be built here. */
    @Nullable
    PackSnapshot version(String hash) {
        var files = store.files(hash).block(PATIENCE);
        var snapshot = files == null ? null : PackReader.compiled(files);
        return snapshot == null ? null : snapshot.gathered(gathering());
    }

    /** Since when what is gathered of visitors. */
    Gathering gathering() {
        var stored = store.gathering().block(PATIENCE);
        return stored == null ? Gathering.ALWAYS : stored;
    }

    /** Keeps files that are not live. */
    void keep(PackFiles files) {
        store.keep(files).block(PATIENCE);
    }

    /**
     * Makes the version live. What is new is noted first, so that no node takes a fact for known that nobody gathered yet.
     *
     * @throws AnotherIsLive when the live version is not the one that {@code wish} expects
     */
    Released release(PackSnapshot snapshot, PackFiles files, Wish wish) {
        var slots = snapshot.facts().slots();
        long from = clock.millis() + GRACE.toMillis();
        var release = store.gatherMore(slots, from)
                .then(load(snapshot.programme().codes()))
                .then(store.keep(files))
                .then(store.release(wish.release(snapshot.hash(), clock.millis()), wish.expected()))
                .flatMap(done -> store.gatherNoOthers(slots).thenReturn(done))
                .block(PATIENCE);
        if (release == null) {
            throw new AnotherIsLive();
        }
        return new Released(snapshot.gathered(gathering()), release);
    }

    /** Codes are there before anything shows them. */
    private Mono<Void> load(CodePools pools) {
        return Flux.fromIterable(pools.byName().entrySet())
                .concatMap(pool -> codes.load(pool.getKey(), pool.getValue()))
                .then();
    }
}
