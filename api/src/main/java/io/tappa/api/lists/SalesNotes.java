package io.tappa.api.lists;

import io.tappa.api.event.AfterWriting;
import io.tappa.api.rounds.Counts;
import io.tappa.api.rounds.Writing;
import io.tappa.api.store.SalesCounts;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.OrderLines;
import io.tappa.engine.offer.ProductLists.Kind;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Notes what is sold, and what is bought together. Notes are gathered in memory and written together every second, so that no
 * request waits for them or fails with them.
 */
final class SalesNotes implements AfterWriting, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SalesNotes.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    /** Products of an order that count as bought together, the first of its list. */
    static final int MOST_OF_AN_ORDER = 20;

    private final SalesCounts store;
    private final LiveLists lists;
    private final Counts<Sold> sold = new Counts<>();
    private final Counts<Pair> together = new Counts<>();
    private final Writing writing;

    private record Sold(long day, String product) {}

    private record Pair(String product, String other) {}

    SalesNotes(SalesCounts store, LiveLists lists) {
        this.store = store;
        this.lists = lists;
        this.writing = new Writing(LOG, EVERY, this::write, "sales were not counted");
    }

    /** Notes the orders among them, each on its day. */
    @Override
    public void counted(PackSnapshot pack, List<VisitorEvent> events, long nowMillis) {
        for (var event : events) {
            if (event.name().equals(OrderLines.ORDERED)) {
                note(pack, event, nowMillis);
            }
        }
    }

    private void note(PackSnapshot pack, VisitorEvent order, long nowMillis) {
        var zone = pack.settings().zone();
        long today = SalesDays.day(nowMillis, zone);
        long day = Math.min(today, SalesDays.day(order.atMillis(), zone));
        var pieces = OrderLines.pieces(order.values());
        if (SalesDays.first(today) <= day) {
            pieces.forEach((product, count) -> sold.add(new Sold(day, product), count));
        }
        if (order.atMillis() > nowMillis - SalesCounts.TOGETHER_KEPT.toMillis()
                && lists.of(pack).kinds().contains(Kind.BOUGHT_TOGETHER)) {
            pair(pieces.keySet());
        }
    }

    private void pair(Collection<String> products) {
        var first = products.stream().limit(MOST_OF_AN_ORDER).toList();
        for (var product : first) {
            for (var other : first) {
                if (!product.equals(other)) {
                    together.add(new Pair(product, other), 1);
                }
            }
        }
    }

    /** Writes what was gathered so far; what the store does not take is gathered again. */
    Mono<Void> write() {
        return Mono.defer(() -> Flux.fromIterable(takenSold().entrySet())
                        .concatMap(day -> writeSold(day.getKey(), day.getValue()))
                        .then())
                .then(Mono.defer(() -> writeTogether(takenTogether())));
    }

    private SortedMap<Long, Map<String, Long>> takenSold() {
        var days = new TreeMap<Long, Map<String, Long>>();
        sold.take()
                .forEach((note, pieces) ->
                        days.computeIfAbsent(note.day(), day -> new HashMap<>()).put(note.product(), pieces));
        return days;
    }

    private SortedMap<String, Map<String, Long>> takenTogether() {
        var products = new TreeMap<String, Map<String, Long>>();
        together.take()
                .forEach((pair, times) -> products.computeIfAbsent(pair.product(), product -> new HashMap<>())
                        .put(pair.other(), times));
        return products;
    }

    private Mono<Void> writeSold(long day, Map<String, Long> pieces) {
        return store.sold(day, pieces).onErrorResume(StoreUnavailable.class, away -> {
            pieces.forEach((product, count) -> sold.add(new Sold(day, product), count));
            return Mono.empty();
        });
    }

    private Mono<Void> writeTogether(Map<String, Map<String, Long>> orders) {
        return store.together(orders).onErrorResume(StoreUnavailable.class, away -> {
            orders.forEach((product, others) ->
                    others.forEach((other, times) -> together.add(new Pair(product, other), times)));
            return Mono.empty();
        });
    }

    /** Writes what was gathered last while the store is still there. */
    @Override
    public void close() {
        writing.close();
    }
}
