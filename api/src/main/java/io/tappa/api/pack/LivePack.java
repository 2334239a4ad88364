package io.tappa.api.pack;

import io.tappa.engine.pack.PackSnapshot;
import java.util.concurrent.atomic.AtomicReference;

/** The version that answers now. A request takes it once and keeps it. */
public final class LivePack {
    private final AtomicReference<PackSnapshot> live;

    LivePack(PackSnapshot first) {
        this.live = new AtomicReference<>(first);
    }

    /** The snapshot to use for one whole request. */
    public PackSnapshot now() {
        return live.get();
    }

    void swap(PackSnapshot next) {
        live.set(next);
    }
}
