package io.tappa.api.store.redis;

import io.lettuce.core.SetArgs;
import io.tappa.api.store.SurroundingsStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Surroundings in Redis; whoever still uses them keeps them again each day. */
final class RedisSurroundingsStore implements SurroundingsStore {
    private static final Duration LIFE =
            Duration.ofSeconds(LogLines.LIFE_SECONDS).plusDays(2);

    private final RedisLink redis;
    private final Keys keys;

    RedisSurroundingsStore(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<Void> keep(String hash, String json) {
        return redis.run(commands -> commands.set(keys.surroundings(hash), Keys.bytes(json), SetArgs.Builder.ex(LIFE)))
                .then();
    }

    @Override
    public Mono<String> find(String hash) {
        return redis.run(commands -> commands.get(keys.surroundings(hash)))
                .map(json -> new String(json, StandardCharsets.UTF_8));
    }
}
