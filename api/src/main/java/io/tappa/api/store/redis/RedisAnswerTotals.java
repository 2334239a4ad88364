package io.tappa.api.store.redis;

import io.tappa.api.store.AnswerTotals;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.transition.AnswerCounts;
import io.tappa.engine.transition.AnswerCounts.Answered;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers in Redis: one hash for each shard and month. */
final class RedisAnswerTotals implements AnswerTotals {
    private static final int AT_ONCE = 256;

    private final RedisLink redis;
    private final Keys keys;

    RedisAnswerTotals(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<AnswerCounts> between(LocalDate from, LocalDate to) {
        var last = YearMonth.from(to);
        return Flux.fromStream(() -> Stream.iterate(
                        YearMonth.from(from), month -> !month.isAfter(last), month -> month.plusMonths(1)))
                .concatMap(this::ofMonth)
                .<SortedMap<Answered, Long>>collect(TreeMap::new, RedisAnswerTotals::add)
                .map(sum -> {
                    sum.keySet()
                            .removeIf(answered -> answered.day().isBefore(from)
                                    || answered.day().isAfter(to));
                    return new AnswerCounts(sum);
                });
    }

    private Flux<Map<byte[], byte[]>> ofMonth(YearMonth month) {
        return Flux.range(0, VisitorKey.SHARDS)
                .flatMap(shard -> redis.run(commands -> commands.hgetall(keys.answers(shard, month))), AT_ONCE);
    }

    private static void add(SortedMap<Answered, Long> sum, Map<byte[], byte[]> stored) {
        stored.forEach((field, count) -> sum.merge(
                AnswerFields.answered(new String(field, StandardCharsets.UTF_8)),
                Long.parseLong(new String(count, StandardCharsets.UTF_8)),
                Long::sum));
    }
}
