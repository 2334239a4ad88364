package io.tappa.api.store.redis;

import io.tappa.api.store.TallyTotals;
import io.tappa.engine.identity.VisitorKey;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tallies in Redis: one hash for each shard and table. */
final class RedisTallyTotals implements TallyTotals {
    private static final int AT_ONCE = 256;

    private final RedisLink redis;
    private final Keys keys;

    RedisTallyTotals(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<SortedMap<String, Long>> of(String table) {
        return Flux.range(0, VisitorKey.SHARDS)
                .flatMap(shard -> redis.run(commands -> commands.hgetall(keys.tally(shard, table))), AT_ONCE)
                .collect(
                        TreeMap<String, Long>::new,
                        (sum, shard) -> shard.forEach((counter, value) -> sum.merge(
                                new String(counter, StandardCharsets.UTF_8),
                                Long.parseLong(new String(value, StandardCharsets.UTF_8)),
                                Long::sum)))
                .map(sum -> sum);
    }
}
