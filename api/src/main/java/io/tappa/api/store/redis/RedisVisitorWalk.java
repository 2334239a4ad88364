package io.tappa.api.store.redis;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.tappa.api.store.Home;
import io.tappa.api.store.VisitorWalk;
import io.tappa.engine.identity.VisitorKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Walks over the keys of visitors by cursor, and over random keys. */
final class RedisVisitorWalk implements VisitorWalk {
    private static final int PAGE = 1_000;
    private static final int AT_ONCE = 512;
    private static final int KEY = 26;

    private final RedisLink redis;
    private final Keys keys;

    RedisVisitorWalk(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Flux<Home> all() {
        return page(ScanCursor.INITIAL)
                .expand(page -> page.isFinished() ? Mono.empty() : page(page))
                .concatMap(page -> homes(page.getKeys()));
    }

    private Mono<KeyScanCursor<byte[]>> page(ScanCursor from) {
        var pattern = ScanArgs.Builder.matches(keys.anyVisitor()).limit(PAGE);
        return redis.run(commands -> commands.scan(from, pattern));
    }

    @Override
    public Flux<Home> some(int tries) {
        return Flux.range(0, tries)
                .flatMap(again -> redis.run(commands -> commands.randomkey()), AT_ONCE)
                .filter(keys::isVisitor)
                .buffer(PAGE)
                .concatMap(this::homes);
    }

    private Flux<Home> homes(List<byte[]> names) {
        return Flux.fromIterable(names).flatMap(this::home, AT_ONCE);
    }

    private Mono<Home> home(byte[] name) {
        return redis.run(commands -> commands.get(name))
                .filter(blob -> blob[0] == StateCodec.STATE)
                .map(blob -> new Home(key(name), StateCodec.decode(blob)))
                .filter(home -> !home.state().isLight());
    }

    private static VisitorKey key(byte[] name) {
        return new VisitorKey(new String(name, name.length - KEY, KEY, StandardCharsets.ISO_8859_1));
    }
}
