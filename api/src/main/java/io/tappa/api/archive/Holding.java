package io.tappa.api.archive;

import io.tappa.api.store.ArchiveStore;
import io.tappa.api.store.StoreUnavailable;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Lets one node at a time work on a group; whoever falls asleep at work may not go on with it. */
final class Holding {
    private static final Logger LOG = LoggerFactory.getLogger(Holding.class);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final ArchiveStore store;
    private final String node = UUID.randomUUID().toString();
    /** Two who work at once on this node would be the same to the store. */
    private final Set<Integer> busy = ConcurrentHashMap.newKeySet();

    Holding(ArchiveStore store) {
        this.store = store;
    }

    /** The claim on one group, while it holds. */
    final class Claim implements ArchiveFolder.Check {
        private final int group;
        private volatile long claimedNanos = System.nanoTime();

        private Claim(int group) {
            this.group = group;
        }

        /** Fails unless the group was claimed a moment ago. */
        @Override
        public void run() {
            if (System.nanoTime() - claimedNanos > LEASE.minus(MARGIN).toNanos()) {
                throw new Lost(group);
            }
        }

        private Mono<Void> prolong() {
            return Mono.defer(() -> {
                long now = System.nanoTime();
                return store.claim(group, node, LEASE)
                        .flatMap(mine -> mine ? Mono.<Void>empty() : Mono.error(new Lost(group)))
                        .doOnSuccess(held -> claimedNanos = now)
                        .onErrorComplete(StoreUnavailable.class);
            });
        }
    }

    /** Another node may work on the group by now. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1;

        Lost(int group) {
            super("The claim on group %d of the archive was lost; another round tries again.".formatted(group));
        }
    }

    /** What {@code work} answers, or empty while somebody else works on {@code group}. */
    <T> Mono<T> on(int group, Function<Claim, Mono<T>> work) {
        return Mono.defer(
                () -> busy.add(group) ? claimed(group, work).doFinally(end -> busy.remove(group)) : Mono.empty());
    }

    private <T> Mono<T> claimed(int group, Function<Claim, Mono<T>> work) {
        var claim = new Claim(group);
        return store.claim(group, node, LEASE)
                .flatMap(mine -> mine
                        ? Mono.usingWhen(Mono.just(claim), held -> held(held, work.apply(held)), this::release)
                        : Mono.empty());
    }

    private static <T> Mono<T> held(Claim claim, Mono<T> work) {
        var prolonging = Flux.interval(LEASE.dividedBy(6), Schedulers.parallel())
                .onBackpressureDrop()
                .concatMap(tick -> claim.prolong(), 1)
                .<T>thenMany(Mono.never())
                .next();
        return Mono.firstWithSignal(work, prolonging);
    }

    private Mono<Void> release(Claim claim) {
        return store.release(claim.group, node)
                .doOnError(away -> LOG.warn("The claim on group {} of the archive ends by itself", claim.group))
                .onErrorComplete(StoreUnavailable.class);
    }
}
