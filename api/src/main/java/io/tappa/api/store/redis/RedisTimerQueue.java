package io.tappa.api.store.redis;

import io.tappa.api.store.TimerQueue;
import io.tappa.engine.identity.VisitorKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Timers in Redis: one sorted set a shard, visitors by the moment they are to be woken. */
final class RedisTimerQueue implements TimerQueue {
    private static final int KEY = 26;

    private final RedisLink redis;
    private final Keys keys;

    RedisTimerQueue(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Flux<VisitorKey> claim(int shard, long nowMillis, long leaseMillis, int most) {
        return Scripts.CLAIM
                .run(redis, new byte[][] {keys.timers(shard)}, new byte[][] {
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
        return Scripts.RELEASE
                .run(redis, new byte[][] {keys.timers(key.shard())}, new byte[][] {
                    Keys.bytes(key.text()), number(leasedMillis), number(armedMillis)
                })
                .then();
    }

    private static byte[] number(long value) {
        return Keys.bytes(Long.toString(value));
    }
}
