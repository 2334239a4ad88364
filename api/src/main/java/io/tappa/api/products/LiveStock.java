package io.tappa.api.products;

import io.tappa.api.pack.LivePack;
import io.tappa.api.store.ProductStore;
import io.tappa.api.store.StoreUnavailable;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Which products are sold out, of those that offers ask for, some moments after it was stored. */
@Component
public final class LiveStock implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final ProductStore products;
    private final LivePack live;
    private final Disposable reading;
    private volatile SortedSet<String> soldOut = Collections.emptySortedSet();

    LiveStock(ProductStore products, LivePack live) {
        this.products = products;
        this.live = live;
        this.reading = Flux.interval(Duration.ZERO, EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> read().onErrorResume(StoreUnavailable.class, away -> Mono.empty()), 1)
                .subscribe();
    }

    /** Ids of products that are sold out, to use for one whole request. */
    public SortedSet<String> soldOut() {
        return soldOut;
    }

    private Mono<SortedSet<String>> read() {
        var asked = live.now().offers().products();
        var now = asked.isEmpty() ? Mono.<SortedSet<String>>just(new TreeSet<>()) : products.soldOut(asked);
        return now.doOnNext(read -> {
            if (!read.equals(soldOut)) {
                soldOut = Collections.unmodifiableSortedSet(read);
            }
        });
    }

    @Override
    public void close() {
        reading.dispose();
    }
}
