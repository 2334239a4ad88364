package io.tappa.api.rounds;

import io.tappa.api.store.StoreUnavailable;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Does a round, pauses, and does the next one while the service runs. What fails is logged and tried again with the next
 * round; that the store is away is said elsewhere.
 */
public abstract class Rounds implements SmartLifecycle {
    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Duration pause;
    private final String complaint;
    private Disposable running = Disposables.disposed();

    /** Pauses so long between rounds; {@code complaint} says in the log what a failed round did not do. */
    protected Rounds(Duration pause, String complaint) {
        this.pause = pause;
        this.complaint = complaint;
    }

    /** Looks once, and does what is to be done. */
    protected abstract Mono<Void> round();

    @Override
    public void start() {
        running = Mono.defer(this::round)
                .onErrorResume(StoreUnavailable.class, away -> Mono.empty())
                .doOnError(failed -> log.error("{}; it is tried again", complaint, failed))
                .onErrorComplete()
                .then(Mono.delay(pause, Schedulers.parallel()))
                .repeat()
                .subscribe();
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
