package io.tappa.api.guard;

import io.tappa.api.guard.Finding.CodesLow;
import io.tappa.api.guard.Finding.Tripped;
import io.tappa.api.store.CodeStore;
import io.tappa.api.store.DisplayCounts;
import io.tappa.api.store.Escrow;
import io.tappa.engine.pack.PackSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks at everything once. */
final class Look {
    private final DisplayCounts counts;
    private final Escrow escrow;
    private final CodeStore codes;

    Look(DisplayCounts counts, Escrow escrow, CodeStore codes) {
        this.counts = counts;
        this.escrow = escrow;
        this.codes = codes;
    }

    /**
     * What was seen.
     *
     * @param readings how each guard rail stands
     * @param findings what is not as it should be, in order
     */
    record Seen(List<Reading> readings, List<Finding> findings) {
        Seen {
            readings = List.copyOf(readings);
            findings = List.copyOf(findings);
        }
    }

    /** Looks at {@code pack} at {@code nowMillis}. Some 30 round trips, and one for each budget and pool. */
    Mono<Seen> at(PackSnapshot pack, long nowMillis) {
        return Mono.zip(Counted.upTo(nowMillis, counts), budgets(pack, nowMillis), lowPools(pack))
                .map(known -> seen(pack, known.getT1(), known.getT2(), known.getT3()));
    }

    private static Seen seen(
            PackSnapshot pack, Counted counted, Map<String, Escrow.Level> budgets, List<CodesLow> lowPools) {
        var readings = new Rails(pack, counted, budgets).readings();
        var findings = new ArrayList<Finding>(lowPools);
        findings.addAll(Exposure.find(pack, counted));
        for (var reading : readings) {
            if (reading.tripped()) {
                var rails = Objects.requireNonNull(reading.campaign().guardRails());
                findings.add(new Tripped(reading, rails.then()));
            }
        }
        findings.sort(Finding.IN_ORDER);
        return new Seen(readings, findings);
    }

    private Mono<Map<String, Escrow.Level>> budgets(PackSnapshot pack, long nowMillis) {
        return Flux.fromIterable(Rails.watched(pack, nowMillis))
                .filter(campaign -> campaign.budget() != null)
                .concatMap(campaign ->
                        escrow.level(campaign.key(), nowMillis).map(level -> Map.entry(campaign.key(), level)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<List<CodesLow>> lowPools(PackSnapshot pack) {
        return Flux.fromIterable(pack.programme().codes().byName().keySet())
                .concatMap(pool ->
                        codes.level(pool).filter(CodeStore.Level::isLow).map(level -> new CodesLow(pool, level)))
                .collectList();
    }
}
