package io.tappa.api.store.redis;

import io.tappa.api.store.TimerQueue;
import io.tappa.engine.identity.VisitorKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Timers in Redis: one sorted set a shard, visitors by the moment they are to be woken. */
final class RedisTimerQueue implements TimerQueue {
    /**
     * Claims visitors whose time has come: they come back after a lease.
     *
     * <p>KEYS: timers. ARGV: now in ms, end of the lease in ms, most. Answers their keys, each of 26 characters.
     */
    private static final Script CLAIM = new Script("""
            local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[3])
            for i = 1, #due do redis.call('ZADD', KEYS[1], ARGV[2], due[i]) end
            return table.concat(due)
            """);

    /**
     * Ends a claim without a write: when the visitor is to be woken, unless somebody said otherwise since the claim.
     *
     * <p>KEYS: timers. ARGV: the visitor's key, end of the lease in ms, when to wake it in ms or 0 for never.
     */
    private static final Script RELEASE = new Script("""
            local leased = redis.call('ZSCORE', KEYS[1], ARGV[1])
            if leased and tonumber(leased) == tonumber(ARGV[2]) then
              if ARGV[3] == '0' then
                redis.call('ZREM', KEYS[1], ARGV[1])
              else
                redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
              end
            end
            return false
            """);

    private static final int KEY = 26;

    private final RedisLink redis;
    private final Keys keys;

    RedisTimerQueue(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Flux<VisitorKey> claim(int shard, long nowMillis, long leaseMillis, int most) {
        return CLAIM.run(redis, new byte[][] {keys.timers(shard)}, new byte[][] {
                    number(nowMillis), number(nowMillis + leaseMillis), number(most)
                })
                .flatMapIterable(RedisTimerQueue::cut);
    }

    private static Iterable<VisitorKey> cut(byte[] claimed) {
        var visitors = new ArrayList<VisitorKey>();
        for (int at = 0; at < claimed.length; at += KEY) {
            visitors.add(new VisitorKey(new String(claimed, at, KEY, StandardCharsets.ISO_8859_1)));
        }
        return visitors;
    }

    @Override
    public Mono<Void> release(VisitorKey key, long leasedMillis, long armedMillis) {
        return RELEASE.run(redis, new byte[][] {keys.timers(key.shard())}, new byte[][] {
                    Keys.bytes(key.text()), number(leasedMillis), number(armedMillis)
                })
                .then();
    }

    private static byte[] number(long value) {
        return Keys.bytes(Long.toString(value));
    }
}
