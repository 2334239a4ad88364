package io.tappa.api.store.redis;

import io.lettuce.core.ScoredValue;
import io.tappa.api.store.SalesCounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One sorted set for each day, and one for each product; all with one hash tag, so that scripts may write several. */
final class RedisSalesCounts implements SalesCounts {
    /**
     * Adds to sorted sets. Run twice it counts twice.
     *
     * <p>KEYS: sorted sets. ARGV: life in ms, most members of each; then for each set how many members follow, and member
     * and how much of each.
     */
    private static final Script ADD = new Script("""
            local at = 3
            for i = 1, #KEYS do
              for member = at + 1, at + 2 * ARGV[at], 2 do
                redis.call('ZINCRBY', KEYS[i], ARGV[member + 1], ARGV[member])
              end
              redis.call('ZREMRANGEBYRANK', KEYS[i], 0, -1 - ARGV[2])
              redis.call('PEXPIRE', KEYS[i], ARGV[1])
              at = at + 1 + 2 * ARGV[at]
            end
            return false
            """);

    private static final int AT_ONCE = 1_000;
    private static final int SETS_AT_ONCE = 50;

    private final RedisLink redis;
    private final Keys keys;

    RedisSalesCounts(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<Void> sold(long day, Map<String, Long> pieces) {
        return Flux.fromIterable(pieces.entrySet())
                .buffer(AT_ONCE)
                .concatMap(some -> {
                    var arguments = arguments(DAY_KEPT, MOST_A_DAY);
                    add(arguments, some);
                    return ADD.run(redis, new byte[][] {keys.sold(day)}, arguments.toArray(byte[][]::new));
                })
                .then();
    }

    @Override
    public Mono<SortedMap<String, Long>> sold(long day) {
        return redis.run(commands -> commands.zrangeWithScores(keys.sold(day), 0, -1))
                .map(stored -> {
                    var pieces = new TreeMap<String, Long>();
                    addTo(pieces, stored);
                    return pieces;
                });
    }

    @Override
    public Mono<Void> together(Map<String, Map<String, Long>> orders) {
        return Flux.fromIterable(orders.entrySet())
                .buffer(SETS_AT_ONCE)
                .concatMap(some -> {
                    var sets = new ArrayList<byte[]>();
                    var arguments = arguments(TOGETHER_KEPT, MOST_TOGETHER);
                    for (var one : some) {
                        sets.add(keys.together(one.getKey()));
                        add(arguments, one.getValue().entrySet());
                    }
                    return ADD.run(redis, sets.toArray(byte[][]::new), arguments.toArray(byte[][]::new));
                })
                .then();
    }

    @Override
    public Mono<SortedMap<String, Long>> together(Collection<String> products) {
        return Flux.fromIterable(products)
                .flatMap(product -> redis.run(commands -> commands.zrangeWithScores(keys.together(product), 0, -1)))
                .collect(TreeMap<String, Long>::new, RedisSalesCounts::addTo)
                .map(sum -> sum);
    }

    private static void addTo(SortedMap<String, Long> sum, List<ScoredValue<byte[]>> stored) {
        stored.forEach(one ->
                sum.merge(new String(one.getValue(), StandardCharsets.UTF_8), Math.round(one.getScore()), Long::sum));
    }

    private static List<byte[]> arguments(Duration life, int most) {
        return new ArrayList<>(List.of(number(life.toMillis()), number(most)));
    }

    private static void add(List<byte[]> arguments, Collection<Map.Entry<String, Long>> counts) {
        arguments.add(number(counts.size()));
        counts.forEach(count -> {
            arguments.add(Keys.bytes(count.getKey()));
            arguments.add(number(count.getValue()));
        });
    }

    private static byte[] number(long number) {
        return Keys.bytes(Long.toString(number));
    }
}
