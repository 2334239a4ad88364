package io.tappa.api.store.redis;

import io.lettuce.core.KeyValue;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScoredValueScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.tappa.api.store.Home;
import io.tappa.api.store.VisitorWalk;
import io.tappa.engine.identity.VisitorKey;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Walks over the shards, a few at a time. Everybody who is remembered is to be forgotten some day, and so has a timer: the
 * timers of a shard name all who live there.
 */
final class RedisVisitorWalk implements VisitorWalk {
    private static final ScanArgs PAGE = ScanArgs.Builder.limit(1_000);
    private static final int READ_TOGETHER = 250;
    private static final int SHARDS_TOGETHER = 4;

    private final RedisLink redis;
    private final Keys keys;

    RedisVisitorWalk(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<Long> people() {
        return redis.run(this::timers);
    }

    /** Many at once, and told together: one signal for each shard would take longer than counting it. */
    private CompletionStage<Long> timers(RedisClusterAsyncCommands<byte[], byte[]> commands) {
        var counts = IntStream.range(0, VisitorKey.SHARDS)
                .mapToObj(shard -> commands.zcard(keys.timers(shard)).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(counts.toArray(CompletableFuture[]::new))
                .thenApply(all ->
                        counts.stream().mapToLong(CompletableFuture::join).sum());
    }

    @Override
    public <T> Flux<T> all(Function<Home, T> look) {
        return shards().flatMap(
                        shard -> pages(shard).concatMapIterable(page -> page).transform(names -> look(names, look)),
                        SHARDS_TOGETHER);
    }

    @Override
    public <T> Flux<T> some(int people, Function<Home, T> look) {
        return shards().flatMapSequential(this::pages, SHARDS_TOGETHER, 1)
                .scan(new Sample(0, List.of()), Sample::plus)
                .takeUntil(sample -> sample.people() >= people)
                .concatMapIterable(Sample::page, 1)
                .transform(names -> look(names, look));
    }

    /** How many were drawn, the last page of them included. */
    private record Sample(int people, List<String> page) {
        Sample plus(List<String> next) {
            return new Sample(people + next.size(), next);
        }
    }

    private static Flux<Integer> shards() {
        return Flux.range(0, VisitorKey.SHARDS);
    }

    /** All who live in a shard, each once, though a scan may tell somebody twice. */
    private Flux<List<String>> pages(int shard) {
        return Flux.defer(() -> {
            var told = new HashSet<String>();
            return page(shard, ScanCursor.INITIAL)
                    .expand(page -> page.isFinished() ? Mono.empty() : page(shard, page))
                    .map(page -> page.getValues().stream()
                            .map(RedisVisitorWalk::name)
                            .filter(told::add)
                            .toList());
        });
    }

    private static String name(ScoredValue<byte[]> timer) {
        return new String(timer.getValue(), StandardCharsets.ISO_8859_1);
    }

    private Mono<ScoredValueScanCursor<byte[]>> page(int shard, ScanCursor from) {
        return redis.run(commands -> commands.zscan(keys.timers(shard), from, PAGE));
    }

    /** Reads some hundred at once, and looks at them on all processors. */
    private <T> Flux<T> look(Flux<String> names, Function<Home, T> look) {
        return names.map(VisitorKey::new)
                .buffer(READ_TOGETHER)
                .flatMap(
                        some -> read(some)
                                .publishOn(Schedulers.parallel())
                                .map(blobs -> IntStream.range(0, blobs.size())
                                        .filter(place -> isState(blobs.get(place)))
                                        .mapToObj(place -> home(some.get(place), blobs.get(place)))
                                        .filter(home -> !home.state().isLight())
                                        .map(look)
                                        .toList()),
                        Schedulers.DEFAULT_POOL_SIZE)
                .concatMapIterable(looked -> looked);
    }

    private Mono<List<KeyValue<byte[], byte[]>>> read(List<VisitorKey> visitors) {
        return redis.run(
                commands -> commands.mget(visitors.stream().map(keys::visitor).toArray(byte[][]::new)));
    }

    private static boolean isState(KeyValue<byte[], byte[]> stored) {
        return stored.hasValue() && stored.getValue()[0] == StateCodec.STATE;
    }

    private static Home home(VisitorKey key, KeyValue<byte[], byte[]> stored) {
        return new Home(key, StateCodec.decode(stored.getValue()));
    }
}
