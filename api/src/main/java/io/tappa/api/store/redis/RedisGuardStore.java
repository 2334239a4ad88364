package io.tappa.api.store.redis;

import io.tappa.api.store.GuardStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import reactor.core.publisher.Mono;

/** One hash of what was told, and a lease that ends by itself. */
final class RedisGuardStore implements GuardStore {
    private final RedisLink redis;
    private final Keys keys;

    RedisGuardStore(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<Boolean> claim(String node, Duration lease) {
        return Lease.claim(redis, keys.guardLease(), node, lease);
    }

    @Override
    public Mono<Void> release(String node) {
        return Lease.release(redis, keys.guardLease(), node);
    }

    @Override
    public Mono<SortedMap<String, Long>> told() {
        return redis.run(commands -> commands.hgetall(keys.told())).map(stored -> {
            var told = new TreeMap<String, Long>();
            stored.forEach((what, atMillis) -> told.put(text(what), Long.parseLong(text(atMillis))));
            return told;
        });
    }

    @Override
    public Mono<Boolean> tell(String what, long nowMillis) {
        return redis.run(
                commands -> commands.hsetnx(keys.told(), Keys.bytes(what), Keys.bytes(Long.toString(nowMillis))));
    }

    @Override
    public Mono<Void> forget(String what) {
        return redis.run(commands -> commands.hdel(keys.told(), Keys.bytes(what)))
                .then();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
