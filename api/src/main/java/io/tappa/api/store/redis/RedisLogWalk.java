package io.tappa.api.store.redis;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ValueScanCursor;
import io.tappa.api.store.LogWalk;
import io.tappa.engine.identity.VisitorKey;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Walks over the shards: each part of a log that begins is noted in its shard. */
final class RedisLogWalk implements LogWalk {
    private static final ScanArgs PAGE = ScanArgs.Builder.limit(1_000);
    private static final int SHARDS_TOGETHER = 16;

    private final RedisLink redis;
    private final Keys keys;

    RedisLogWalk(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Flux<VisitorKey> places() {
        return Flux.range(0, VisitorKey.SHARDS)
                .flatMap(
                        shard -> Flux.range(0, LogLines.PARTS)
                                .concatMap(part -> places(keys.logged(shard, part)))
                                .distinct(),
                        SHARDS_TOGETHER);
    }

    private Flux<VisitorKey> places(byte[] logged) {
        return page(logged, ScanCursor.INITIAL)
                .expand(page -> page.isFinished() ? Mono.empty() : page(logged, page))
                .concatMapIterable(ValueScanCursor::getValues)
                .map(name -> new VisitorKey(new String(name, StandardCharsets.ISO_8859_1)));
    }

    private Mono<ValueScanCursor<byte[]>> page(byte[] logged, ScanCursor from) {
        return redis.run(commands -> commands.sscan(logged, from, PAGE));
    }
}
