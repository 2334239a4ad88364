package io.tappa.api.rounds;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes again and again what was gathered in memory meanwhile, so that no request waits for it or fails with it, and a last time at
 * the end.
 */
public final class Writing implements AutoCloseable {
    private static final Duration LAST = Duration.ofSeconds(2);

    private final Logger log;
    private final Supplier<Mono<Void>> write;
    private final String complaint;
    private final Disposable running;

    /** Writes so often; {@code complaint} says in {@code log} what was not done, such as "sales were not counted". */
    public Writing(Logger log, Duration every, Supplier<Mono<Void>> write, String complaint) {
        this.log = log;
        this.write = write;
        this.complaint = complaint;
        this.running = Flux.interval(every)
                .onBackpressureDrop()
                .concatMap(tick -> write.get()
                        .doOnError(failed -> log.error("Some {}; later ones will be", complaint, failed))
                        .onErrorComplete())
                .subscribe();
    }

    /** Writes what was gathered last while the store is still there. */
    @Override
    public void close() {
        running.dispose();
        write.get()
                .timeout(LAST, Mono.fromRunnable(() -> log.warn("The last {}", complaint)))
                .block();
    }
}
