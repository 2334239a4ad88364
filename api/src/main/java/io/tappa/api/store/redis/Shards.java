package io.tappa.api.store.redis;

import io.lettuce.core.SetArgs;
import io.tappa.engine.identity.VisitorKey;
import java.util.Arrays;
import reactor.core.publisher.Mono;

/** The number of shards: written with the first start and never changed, since every visitor's place depends on it. */
final class Shards {
    private static final byte[] OURS = Keys.bytes(Integer.toString(VisitorKey.SHARDS));

    private final RedisLink redis;
    private final Keys keys;

    Shards(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** Whether the store has as many shards as this service knows; writes their number where there is none yet. */
    Mono<Boolean> agree() {
        return redis.run(commands -> commands.get(keys.shards()))
                .switchIfEmpty(Mono.defer(
                        () -> redis.run(commands -> commands.set(keys.shards(), OURS, SetArgs.Builder.nx()))
                                .thenReturn(OURS)))
                .map(stored -> Arrays.equals(stored, OURS));
    }
}
