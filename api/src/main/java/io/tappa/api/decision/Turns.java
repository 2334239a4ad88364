package io.tappa.api.decision;

import io.tappa.engine.identity.Identity;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Lets the work for one visitor be done one after the other, in the order it came, and all other work at once. */
final class Turns {
    private final ConcurrentMap<Identity, Mono<Void>> last = new ConcurrentHashMap<>();

    /** {@code work} once all is done that came before under one of {@code ids}; takes its turn when it is subscribed to. */
    <T> Mono<T> take(Collection<Identity> ids, Mono<T> work) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> end = Sinks.empty();
            var mine = end.asMono();
            var before = ids.stream()
                    .map(id -> last.put(id, mine))
                    .filter(Objects::nonNull)
                    .toList();
            return (before.isEmpty() ? work : after(before, work)).doFinally(signal -> {
                ids.forEach(id -> last.remove(id, mine));
                end.tryEmitEmpty();
            });
        });
    }

    /** On another thread, so that many in a row do not pile up on one stack. */
    private static <T> Mono<T> after(Collection<Mono<Void>> before, Mono<T> work) {
        return Mono.when(before).publishOn(Schedulers.parallel()).then(work);
    }

    /** How many ids somebody is working for. */
    int taken() {
        return last.size();
    }
}
