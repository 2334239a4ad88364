package io.tappa.api.store.redis;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ValueScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.api.store.TurnedLogs;
import io.tappa.engine.identity.VisitorKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Reads the parts of logs whose turn it was. */
final class RedisTurnedLogs implements TurnedLogs {
    private static final ScanArgs PAGE = ScanArgs.Builder.limit(500);
    private static final int LINES = 200;
    private static final Retry AGAIN = Retry.backoff(6, Duration.ofMillis(100))
            .filter(StoreUnavailable.class::isInstance)
            .onRetryExhaustedThrow((spec, last) -> last.failure());

    private final RedisLink redis;
    private final Keys keys;

    RedisTurnedLogs(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public long turn(long nowMillis) {
        return LogLines.turn(nowMillis);
    }

    @Override
    public long wholeFromMillis(long nowMillis) {
        return LogLines.beginMillis(turn(nowMillis) - 1);
    }

    @Override
    public Flux<VisitorKey> places(int shard, long turn) {
        var logged = keys.logged(shard, LogLines.partOf(turn));
        return page(logged, ScanCursor.INITIAL)
                .expand(page -> page.isFinished() ? Mono.empty() : page(logged, page))
                .concatMapIterable(ValueScanCursor::getValues)
                .map(name -> new VisitorKey(new String(name, StandardCharsets.ISO_8859_1)));
    }

    private Mono<ValueScanCursor<byte[]>> page(byte[] logged, ScanCursor from) {
        return patiently(commands -> commands.sscan(logged, from, PAGE));
    }

    /** Where visitors are parted meanwhile, lines move up in the list: what came last is read once more. */
    @Override
    public Flux<LogLine> lines(VisitorKey place, long turn) {
        var log = keys.log(place, LogLines.partOf(turn));
        return patiently(commands -> commands.llen(log))
                .flatMapMany(length -> lines(log, 0)
                        .concatWith(patiently(commands -> commands.llen(log))
                                .filter(now -> !now.equals(length))
                                .flatMapMany(shorter -> lines(log, 0))));
    }

    private Flux<LogLine> lines(byte[] log, long first) {
        return lines(log, new Page(first, List.of()))
                .expand(page -> page.isLast() ? Mono.empty() : lines(log, page))
                .concatMapIterable(Page::lines)
                .map(LogLines::line);
    }

    /** Some lines, and the number of the next. */
    private record Page(long next, List<byte[]> lines) {
        boolean isLast() {
            return lines.size() < LINES;
        }
    }

    private Mono<Page> lines(byte[] log, Page before) {
        long first = before.next();
        Function<List<byte[]>, Page> page = lines -> new Page(first + LINES, lines);
        return patiently(commands -> commands.lrange(log, first, first + LINES - 1))
                .map(page);
    }

    /** Of very many reads one that fails must not make all others begin anew. */
    private <T> Mono<T> patiently(Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> read) {
        return redis.run(read).retryWhen(AGAIN);
    }
}
