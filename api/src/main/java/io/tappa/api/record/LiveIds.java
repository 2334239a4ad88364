package io.tappa.api.record;

import io.tappa.api.store.PackStore;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How this pack names its decisions; the secret of it is asked for once. */
final class LiveIds {
    private static final int LENGTH = 32;

    private final PackStore packs;
    private volatile @Nullable DecisionIds known;

    /** The names of the pack whose versions are in {@code packs}. */
    LiveIds(PackStore packs) {
        this.packs = packs;
    }

    /** The names, or an error while the store is away and they were never known. */
    Mono<DecisionIds> now() {
        var ids = known;
        return ids != null ? Mono.just(ids) : Mono.defer(this::ask);
    }

    private Mono<DecisionIds> ask() {
        var first = new byte[LENGTH];
        new SecureRandom().nextBytes(first);
        return packs.secret(first).map(DecisionIds::new).doOnNext(ids -> known = ids);
    }
}
