package io.tappa.api.store.redis;

import io.tappa.api.store.SuppressionStore;
import java.util.List;
import reactor.core.publisher.Mono;

/** Suppressed addresses in Redis: one set of channel and hash. */
final class RedisSuppressionStore implements SuppressionStore {
    private final RedisLink redis;
    private final Keys keys;

    RedisSuppressionStore(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<Integer> add(List<Suppression> suppressions) {
        var members = suppressions.stream()
                .map(one -> Keys.bytes(one.channel() + ":" + one.hash()))
                .toArray(byte[][]::new);
        return redis.run(commands -> commands.sadd(keys.suppressed(), members)).map(Long::intValue);
    }
}
