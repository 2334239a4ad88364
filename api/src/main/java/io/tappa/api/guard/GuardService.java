package io.tappa.api.guard;

import io.micrometer.core.instrument.Counter;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.store.GuardStore;
import io.tappa.api.store.StoreUnavailable;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Looks after everything again and again, on one node; where it dies another goes on. */
final class GuardService implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(GuardService.class);
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(30);
    private static final Duration LAST = Duration.ofSeconds(1);

    private final Look look;
    private final Guard guard;
    private final GuardStore store;
    private final LivePack live;
    private final ServiceClock clock;
    private final Counter rounds;
    private final Duration pause;
    private final Duration lease;
    private final String node = UUID.randomUUID().toString();
    private Disposable running = Disposables.disposed();

    GuardService(
            Look look,
            Guard guard,
            GuardStore store,
            LivePack live,
            ServiceClock clock,
            Counter rounds,
            Duration pause) {
        this.look = look;
        this.guard = guard;
        this.store = store;
        this.live = live;
        this.clock = clock;
        this.rounds = rounds;
        this.pause = pause;
        var longer = pause.multipliedBy(3);
        this.lease = longer.compareTo(SHORTEST_LEASE) < 0 ? SHORTEST_LEASE : longer;
    }

    @Override
    public void start() {
        running = Mono.defer(this::round)
                .onErrorResume(StoreUnavailable.class, away -> Mono.empty())
                .doOnError(failed -> LOG.error("Campaigns were not looked after; it is tried again", failed))
                .onErrorComplete()
                .then(Mono.delay(pause, Schedulers.parallel()))
                .repeat()
                .subscribe();
    }

    /** Leaves the work to the others at once. */
    @Override
    public void stop() {
        running.dispose();
        store.release(node).timeout(LAST, Mono.empty()).onErrorComplete().block();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }

    private Mono<Void> round() {
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
