package io.tappa.api.products;

import io.tappa.api.store.ProductStore;
import io.tappa.api.store.ProductStore.Change;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.engine.fact.ProductNews;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What happened to products, some moments after it was stored. A request takes the news once and keeps them. */
@Component
public final class LiveProducts implements AutoCloseable {
    /** Products of which one sort of news is kept, the newest of them. */
    static final int MOST_PRODUCTS = 10_000;

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final ProductStore products;
    private final AtomicReference<Read> read =
            new AtomicReference<>(new Read(ProductStore.BEGINNING, ProductNews.NONE));
    private final Disposable reading;

    /** What was read, and up to which change. */
    private record Read(String upTo, ProductNews news) {}

    LiveProducts(ProductStore products) {
        this.products = products;
        this.reading = Flux.interval(Duration.ZERO, EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> readOn().onErrorResume(StoreUnavailable.class, away -> Mono.empty()), 1)
                .subscribe();
    }

    /** The news to use for one whole request. */
    public ProductNews now() {
        return read.get().news();
    }

    /** Reads all that is new. */
    private Mono<Void> readOn() {
        return Mono.defer(() -> products.changes(read.get().upTo()))
                .doOnNext(this::add)
                .repeat()
                .takeUntil(List::isEmpty)
                .then();
    }

    private void add(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        var before = read.get();
        read.set(new Read(changes.get(changes.size() - 1).id(), with(before.news(), changes)));
    }

    /** The news after {@code changes}, which are in order. */
    static ProductNews with(ProductNews before, List<Change> changes) {
        var cheaper = new TreeMap<>(before.cheaper());
        var back = new TreeMap<>(before.back());
        for (var change : changes) {
            switch (change.kind()) {
                case CHEAPER -> cheaper.put(change.product(), change.atMillis());
                case DEARER -> cheaper.remove(change.product());
                case BACK -> back.put(change.product(), change.atMillis());
                case GONE -> back.remove(change.product());
            }
        }
        return new ProductNews(newest(cheaper), newest(back));
    }

    private static SortedMap<String, Long> newest(SortedMap<String, Long> all) {
        int tooMany = all.size() - MOST_PRODUCTS;
        if (tooMany > 0) {
            all.entrySet().stream()
                    .sorted(Comparator.comparingLong(Map.Entry<String, Long>::getValue)
                            .thenComparing(Map.Entry::getKey))
                    .limit(tooMany)
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(all::remove);
        }
        return all;
    }

    @Override
    public void close() {
        reading.dispose();
    }
}
