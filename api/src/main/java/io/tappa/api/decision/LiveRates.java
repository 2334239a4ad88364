package io.tappa.api.decision;

import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.api.store.TallyTotals;
import io.tappa.engine.arbitration.Propensities;
import io.tappa.engine.arbitration.Propensities.Counts;
import io.tappa.engine.outcome.Outcomes;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How likely a yes is, from the displays and clicks of this month and the two before; of offers whose campaign has a goal,
 * from displays and conversions. Read anew each hour: what is likely changes slowly, and each reading is kept with records.
 */
final class LiveRates implements AutoCloseable {
    /** Most combinations of offer, placement and stage that are told apart; of more, those seen most. */
    static final int MOST = 10_000;

    private static final int MONTHS = 3;
    private static final int PARTS = 4;
    private static final Duration EVERY = Duration.ofHours(1);

    private final TallyTotals totals;
    private final LivePack live;
    private final ServiceClock clock;
    private final Disposable reading;
    private volatile Propensities now = Propensities.NONE;

    LiveRates(TallyTotals totals, LivePack live, ServiceClock clock) {
        this.totals = totals;
        this.live = live;
        this.clock = clock;
        this.reading = Flux.interval(Duration.ZERO, EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> read().onErrorResume(StoreUnavailable.class, away -> Mono.empty()), 1)
                .subscribe();
    }

    /** The propensities to use for one whole request. */
    Propensities now() {
        return now;
    }

    /** Reads them now. */
    Mono<Propensities> read() {
        var pack = live.now();
        if (!pack.settings().arbitration().propensity()) {
            return Mono.fromSupplier(() -> now = Propensities.NONE);
        }
        var today = LocalDate.ofInstant(clock.now(), pack.settings().zone());
        return Flux.range(0, MONTHS)
                .concatMap(month -> totals.of(Outcomes.table(today.minusMonths(month))))
                .collect(
                        TreeMap<String, Long>::new,
                        (sum, month) -> month.forEach((field, count) -> sum.merge(field, count, Long::sum)))
                .map(sum -> now = propensities(pack, sum));
    }

    static Propensities propensities(PackSnapshot pack, SortedMap<String, Long> counters) {
        var counts = new TreeMap<String, Counts>();
        counters.forEach((field, count) -> {
            var parts = field.split("\\|", PARTS);
            var one = parts.length == PARTS ? counted(pack, parts[0], parts[3], count) : null;
            if (one != null) {
                counts.merge(Propensities.key(parts[0], parts[1], parts[2]), one, LiveRates::plus);
            }
        });
        while (counts.size() > MOST) {
            counts.remove(least(counts));
        }
        return new Propensities(counts);
    }

    private static String least(SortedMap<String, Counts> counts) {
        return counts.entrySet().stream()
                .min(Comparator.comparingLong((Map.Entry<String, Counts> one) ->
                                one.getValue().displays())
                        .thenComparing(Map.Entry::getKey))
                .orElseThrow()
                .getKey();
    }

    private static @Nullable Counts counted(PackSnapshot pack, String offer, String event, long count) {
        if (event.equals(Outcomes.VIEWED)) {
            return new Counts(count, 0);
        }
        boolean hasGoal = pack.programme().campaigns().of(offer).stream().anyMatch(campaign -> campaign.goal() != null);
        return event.equals(hasGoal ? Outcomes.CONVERTED : Outcomes.CLICKED) ? new Counts(0, count) : null;
    }

    private static Counts plus(Counts left, Counts right) {
        return new Counts(left.displays() + right.displays(), left.yeses() + right.yeses());
    }

    @Override
    public void close() {
        reading.dispose();
    }
}
