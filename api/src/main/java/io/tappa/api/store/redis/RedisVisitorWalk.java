package io.tappa.api.store.redis;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.KeyValue;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.tappa.api.store.Home;
import io.tappa.api.store.VisitorWalk;
import io.tappa.engine.identity.VisitorKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Walks over the keys of visitors by cursor, and over random keys. */
final class RedisVisitorWalk implements VisitorWalk {
    private static final int PAGE = 1_000;
    private static final int READ_TOGETHER = 250;
    private static final int DRAWN_TOGETHER = 1_000;
    private static final int KEY = 26;
    /** Beside a visitor stand logs, ledgers and counters; so often a random key is drawn for each person wanted. */
    private static final int MOST_TRIES = 8;

    private final RedisLink redis;
    private final Keys keys;

    RedisVisitorWalk(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public <T> Flux<T> all(Function<Home, T> look) {
        return page(ScanCursor.INITIAL)
                .expand(page -> page.isFinished() ? Mono.empty() : page(page))
                .concatMapIterable(KeyScanCursor::getKeys)
                .transform(names -> look(names, look));
    }

    private Mono<KeyScanCursor<byte[]>> page(ScanCursor from) {
        var pattern = ScanArgs.Builder.matches(keys.anyVisitor()).limit(PAGE);
        return redis.run(commands -> commands.scan(from, pattern));
    }

    @Override
    public <T> Flux<T> some(int people, Function<Home, T> look) {
        return Flux.range(0, MOST_TRIES * people / DRAWN_TOGETHER + 1)
                .concatMap(again -> redis.run(RedisVisitorWalk::draw), 1)
                .concatMapIterable(drawn -> drawn, 1)
                .filter(keys::isVisitor)
                .take(people)
                .transform(names -> look(names, look));
    }

    /** Many at once, and told together: one signal for each would take longer than drawing it. */
    private static CompletionStage<List<byte[]>> draw(RedisClusterAsyncCommands<byte[], byte[]> commands) {
        var drawn = new ArrayList<CompletableFuture<byte[]>>();
        for (int i = 0; i < DRAWN_TOGETHER; i++) {
            drawn.add(commands.randomkey().toCompletableFuture());
        }
        return CompletableFuture.allOf(drawn.toArray(CompletableFuture[]::new))
                .thenApply(all -> drawn.stream()
                        .map(CompletableFuture::join)
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** Reads some hundred at once, and looks at them on all processors. */
    private <T> Flux<T> look(Flux<byte[]> names, Function<Home, T> look) {
        return names.buffer(READ_TOGETHER)
                .flatMap(
                        some -> redis.run(commands -> commands.mget(some.toArray(byte[][]::new)))
                                .publishOn(Schedulers.parallel())
                                .map(blobs -> blobs.stream()
                                        .filter(RedisVisitorWalk::isState)
                                        .map(RedisVisitorWalk::home)
                                        .filter(home -> !home.state().isLight())
                                        .map(look)
                                        .toList()),
                        Schedulers.DEFAULT_POOL_SIZE)
                .concatMapIterable(looked -> looked);
    }

    private static boolean isState(KeyValue<byte[], byte[]> stored) {
        return stored.hasValue() && stored.getValue()[0] == StateCodec.STATE;
    }

    private static Home home(KeyValue<byte[], byte[]> stored) {
        return new Home(key(stored.getKey()), StateCodec.decode(stored.getValue()));
    }

    private static VisitorKey key(byte[] name) {
        return new VisitorKey(new String(name, name.length - KEY, KEY, StandardCharsets.ISO_8859_1));
    }
}
