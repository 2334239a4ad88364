package io.tappa.api.guard;

import io.micrometer.core.instrument.Counter;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.rounds.Rounds;
import io.tappa.api.store.GuardStore;
import java.time.Duration;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Looks after everything again and again, on one node; where it dies another goes on. */
final class GuardService extends Rounds {
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(30);
    private static final Duration LAST = Duration.ofSeconds(1);

    private final Look look;
    private final Guard guard;
    private final GuardStore store;
    private final LivePack live;
    private final ServiceClock clock;
    private final Counter rounds;
    private final Duration lease;
    private final String node = UUID.randomUUID().toString();

    GuardService(
            Look look,
            Guard guard,
            GuardStore store,
            LivePack live,
            ServiceClock clock,
            Counter rounds,
            Duration pause) {
        super(pause, "Campaigns were not looked after");
        this.look = look;
        this.guard = guard;
        this.store = store;
        this.live = live;
        this.clock = clock;
        this.rounds = rounds;
        var longer = pause.multipliedBy(3);
        this.lease = longer.compareTo(SHORTEST_LEASE) < 0 ? SHORTEST_LEASE : longer;
    }

    /** Leaves the work to the others at once. */
    @Override
    public void stop() {
        super.stop();
        store.release(node).timeout(LAST, Mono.empty()).onErrorComplete().block();
    }

    @Override
    protected Mono<Void> round() {
        return store.claim(node, lease).flatMap(mine -> mine ? lookAfter() : Mono.empty());
    }

    private Mono<Void> lookAfter() {
        var pack = live.now();
        long now = clock.millis();
        return look.at(pack, now)
                .flatMap(seen -> guard.act(pack, seen.findings(), now))
                .doOnSuccess(done -> rounds.increment());
    }
}
