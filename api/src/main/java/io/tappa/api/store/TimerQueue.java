package io.tappa.api.store;

import io.tappa.engine.identity.VisitorKey;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who is to be woken when. Timers are set and cancelled with the visitor's own write; here they are claimed. */
public interface TimerQueue {
    /**
     * Visitors of a shard whose time has come, at most {@code most}; nobody else gets them for {@code leaseMillis}. Who is
     * not written or released meanwhile comes back then.
     */
    Flux<VisitorKey> claim(int shard, long nowMillis, long leaseMillis, int most);

    /**
     * Ends a claim whose lease ends at {@code leasedMillis} without a write: the visitor is to be woken at {@code armedMillis},
     * or never when it is 0. What somebody else set since the claim stays.
     */
    Mono<Void> release(VisitorKey key, long leasedMillis, long armedMillis);
}
