package io.tappa.api.event;

import io.tappa.api.pack.LivePack;
import io.tappa.api.rounds.Rounds;
import io.tappa.api.store.Home;
import io.tappa.api.store.Lead;
import io.tappa.api.store.TimerQueue;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWrite;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.Transitions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Wakes visitors when time itself moves them: looks through all shards, claims who is due, makes their moves.
 *
 * <p>A claim is a lease: whoever is claimed by a node that dies comes back when the lease ends, and is moved as of the
 * moment that was due, not as of the moment somebody looked.
 */
final class TimerService extends Rounds {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int MOST_AT_ONCE = 100;
    private static final int SHARDS_AT_ONCE = 32;
    private static final int VISITORS_AT_ONCE = 16;

    private final VisitorStore visitors;
    private final TimerQueue timers;
    private final VisitorMerges merges;
    private final Eraser eraser;
    private final VisitorNews news;
    private final LivePack live;
    private final ServiceClock clock;

    TimerService(
            VisitorStore visitors,
            TimerQueue timers,
            VisitorMerges merges,
            Eraser eraser,
            VisitorNews news,
            LivePack live,
            ServiceClock clock,
            TimerSettings settings) {
        super(settings.pause(), "Waking visitors failed");
        this.visitors = visitors;
        this.timers = timers;
        this.merges = merges;
        this.eraser = eraser;
        this.news = news;
        this.live = live;
        this.clock = clock;
    }

    /** Looks once through all shards, until nobody is due. */
    @Override
    protected Mono<Void> round() {
        var pack = live.now();
        return Flux.range(0, VisitorKey.SHARDS)
                .flatMap(shard -> shard(pack, shard), SHARDS_AT_ONCE)
                .then();
    }

    private Mono<Void> shard(PackSnapshot pack, int shard) {
        long now = clock.millis();
        long leased = now + LEASE.toMillis();
        return timers.claim(shard, now, LEASE.toMillis(), MOST_AT_ONCE)
                .flatMap(key -> wake(pack, key, leased).thenReturn(key), VISITORS_AT_ONCE)
                .count()
                .flatMap(claimed -> claimed == MOST_AT_ONCE ? shard(pack, shard) : Mono.empty());
    }

    private Mono<Void> wake(PackSnapshot pack, VisitorKey key, long leased) {
        return visitors.lead(key, new Identity(IdKind.DEVICE, key.text())).flatMap(lead -> {
            if (lead.isUnfinished()) {
                return merges.finish(pack, lead);
            }
            return lead.key().equals(key) ? wake(pack, lead, leased) : timers.release(key, leased, 0);
        });
    }

    private Mono<Void> wake(PackSnapshot pack, Lead lead, long leased) {
        var before = lead.state();
        var transition = Transitions.applyAndWake(pack, before, List.of(), clock.millis(), Set.of());
        if (transition.state().version() == before.version()) {
            return timers.release(lead.key(), leased, before.armedMillis());
        }
        if (transition.ended()) {
            return eraser.forget(new Home(lead.key(), before), transition.state(), transition.counts(), List.of())
                    .then();
        }
        var write = new VisitorWrite(
                lead.key(),
                before,
                transition.state(),
                transition.counts(),
                List.of(),
                List.of(),
                Ledger.lines(transition.settled()),
                false);
        return visitors.save(write).doOnNext(saved -> news.changed(lead.key())).then();
    }
}
