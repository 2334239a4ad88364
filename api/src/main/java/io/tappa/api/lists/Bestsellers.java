package io.tappa.api.lists;

import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.rounds.Rounds;
import io.tappa.api.store.ProductStore;
import io.tappa.api.store.SalesCounts;
import io.tappa.engine.offer.ProductLists.Kind;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.LongStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What sold best in the last {@value SalesDays#COUNTED} days, by pieces and then by product, read anew each minute. Of days
 * before yesterday only imports tell more; they are read each hour.
 */
final class Bestsellers extends Rounds {
    /** Most products told. */
    static final int MOST = 100;
    /** Products of which it is asked whether they can be had. */
    private static final int LOOKED_AT = 3 * MOST;

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int ROUNDS_OF_AN_HOUR = 60;

    private final SalesCounts sales;
    private final ProductStore products;
    private final LivePack live;
    private final LiveLists lists;
    private final ServiceClock clock;
    /** Pieces sold by product, by day. */
    private final SortedMap<Long, SortedMap<String, Long>> days = new ConcurrentSkipListMap<>();

    private int rounds;
    private volatile List<String> top = List.of();

    Bestsellers(SalesCounts sales, ProductStore products, LivePack live, LiveLists lists, ServiceClock clock) {
        super(EVERY, "Bestsellers were not read");
        this.sales = sales;
        this.products = products;
        this.live = live;
        this.lists = lists;
        this.clock = clock;
    }

    /** Ids of products that could be had some moments ago, what sold best first. */
    List<String> now() {
        return top;
    }

    @Override
    protected Mono<Void> round() {
        boolean all = rounds++ % ROUNDS_OF_AN_HOUR == 0;
        return read(all);
    }

    /** Reads the newest days, or all of them. */
    Mono<Void> read(boolean all) {
        var pack = live.now();
        if (!lists.of(pack).kinds().contains(Kind.BESTSELLERS)) {
            days.clear();
            top = List.of();
            return Mono.empty();
        }
        long today = SalesDays.day(clock.millis(), pack.settings().zone());
        return Flux.fromStream(() ->
                        LongStream.rangeClosed(SalesDays.first(today), today).boxed())
                .filter(day -> all || day >= today - 1 || !days.containsKey(day))
                .concatMap(day -> sales.sold(day).doOnNext(pieces -> days.put(day, pieces)))
                .then(Mono.defer(() -> rank(today)));
    }

    private Mono<Void> rank(long today) {
        days.headMap(SalesDays.first(today)).clear();
        var ranked = ranked(days.values());
        var found = ranked.isEmpty() ? Mono.just(Map.<String, String>of()) : products.find(ranked);
        return found.doOnNext(known -> top = ranked.stream()
                        .filter(product -> FoundProducts.canBeHad(known.get(product)))
                        .limit(MOST)
                        .toList())
                .then();
    }

    private static List<String> ranked(Iterable<SortedMap<String, Long>> days) {
        var sum = new TreeMap<String, Long>();
        days.forEach(pieces -> pieces.forEach((product, count) -> sum.merge(product, count, Long::sum)));
        return best(sum, LOOKED_AT);
    }

    /** Those with the highest counts, the highest first, equal ones by name. */
    static List<String> best(SortedMap<String, Long> counts, int most) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }
}
