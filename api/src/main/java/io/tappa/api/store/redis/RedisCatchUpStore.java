package io.tappa.api.store.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tappa.api.store.CatchUp;
import io.tappa.api.store.CatchUpStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** One text of JSON that says how far it is, and a lease that ends by itself. */
final class RedisCatchUpStore implements CatchUpStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RedisLink redis;
    private final Keys keys;

    RedisCatchUpStore(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<CatchUp> progress() {
        return redis.run(commands -> commands.get(keys.catchUp()))
                .map(RedisCatchUpStore::decode)
                .defaultIfEmpty(CatchUp.NEVER);
    }

    @Override
    public Mono<Boolean> claim(String node, Duration lease) {
        return Lease.claim(redis, keys.catchUpLease(), node, lease);
    }

    @Override
    public Mono<Void> note(CatchUp progress) {
        return redis.run(commands -> commands.set(keys.catchUp(), encode(progress)))
                .then();
    }

    @Override
    public Mono<Void> release(String node) {
        return Lease.release(redis, keys.catchUpLease(), node);
    }

    private static byte[] encode(CatchUp progress) {
        try {
            return JSON.writeValueAsBytes(progress);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record of texts and numbers is always JSON.", impossible);
        }
    }

    private static CatchUp decode(byte[] json) {
        try {
            return JSON.readValue(json, CatchUp.class);
        } catch (IOException damaged) {
            throw new UncheckedIOException("What is noted on catching up is damaged.", damaged);
        }
    }
}
