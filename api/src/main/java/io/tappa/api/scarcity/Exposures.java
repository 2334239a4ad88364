package io.tappa.api.scarcity;

import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.event.BeforeWriting;
import io.tappa.api.record.DecisionIds;
import io.tappa.api.record.Records;
import io.tappa.api.store.Escrow;
import io.tappa.engine.campaign.Budget;
import io.tappa.engine.campaign.Campaign;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.outcome.Outcomes;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Confirms parts of budgets once their offers were seen, before the event that says so is written down: whoever dies in
 * between has used a part, and the event that comes again uses none.
 *
 * <p>Only decisions for this visitor of the last day count, so that nobody can use up a budget with invented ids.
 */
final class Exposures implements BeforeWriting {
    private static final Duration OLDEST = Duration.ofDays(1);
    private static final String CREATIVE = "creative";

    private final Escrow escrow;
    private final Records records;
    private final MeterRegistry metrics;

    Exposures(Escrow escrow, Records records, MeterRegistry metrics) {
        this.escrow = escrow;
        this.records = records;
        this.metrics = metrics;
    }

    /** An offer with a budget that was seen. */
    private record Seen(String decision, String offer, long cost) {}

    @Override
    public @Nullable Mono<Void> of(
            PackSnapshot pack, List<VisitorEvent> events, Supplier<Set<VisitorKey>> places, long nowMillis) {
        List<Seen> seen = new ArrayList<>();
        for (var event : events) {
            var one = seen(pack, event);
            if (one != null) {
                seen.add(one);
            }
        }
        if (seen.isEmpty()) {
            return null;
        }
        var known = places.get();
        return records.ids()
                .flatMapMany(ids -> Flux.fromIterable(seen).concatMap(one -> confirm(pack, ids, one, known, nowMillis)))
                .then();
    }

    private static @Nullable Seen seen(PackSnapshot pack, VisitorEvent event) {
        boolean about = event.name().equals(Outcomes.VIEWED) || event.name().equals(Outcomes.CLICKED);
        var offer = about ? pack.offers().find(event.values().getOrDefault(Outcomes.OFFER, "")) : null;
        if (offer == null
                || pack.programme().campaigns().of(offer.key()).stream()
                        .allMatch(campaign -> campaign.budget() == null)) {
            return null;
        }
        var named = event.values().get(Outcomes.DECISION);
        var decision = named != null ? named : event.values().get(CREATIVE);
        return decision == null || !DecisionIds.isId(decision)
                ? null
                : new Seen(decision, offer.key(), offer.terms().cost());
    }

    private Mono<Void> confirm(PackSnapshot pack, DecisionIds ids, Seen seen, Set<VisitorKey> places, long nowMillis) {
        var named = Objects.requireNonNull(ids.read(seen.decision()));
        boolean counts = named.place() != null
                && places.contains(named.place())
                && nowMillis - named.atMillis() < OLDEST.toMillis();
        var campaign = counts ? pack.programme().campaigns().of(seen.offer(), named.atMillis()) : null;
        if (campaign == null || campaign.budget() == null) {
            return Mono.empty();
        }
        return confirm(
                campaign, campaign.budget(), Reservations.ref(named.uuid(), seen.offer()), seen.cost(), nowMillis);
    }

    private Mono<Void> confirm(Campaign campaign, Budget budget, String ref, long cost, long nowMillis) {
        var confirmed = budget instanceof Budget.Times times
                ? escrow.confirm(campaign.key(), ref, 1, times.most(), nowMillis)
                : escrow.confirm(campaign.key(), ref, cost, ((Budget.Amount) budget).minorUnits(), nowMillis);
        return confirmed
                .doOnNext(how -> metrics.counter(
                                "tappa.scarcity.confirmed",
                                "campaign",
                                campaign.key(),
                                "how",
                                how.name().toLowerCase(Locale.ROOT))
                        .increment())
                .then();
    }
}
