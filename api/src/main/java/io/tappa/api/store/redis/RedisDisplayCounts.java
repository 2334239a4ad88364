package io.tappa.api.store.redis;

import io.tappa.api.store.DisplayCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One hash for each hour; a field is the letter of its kind, the placement and the offer. */
final class RedisDisplayCounts implements DisplayCounts {
    /**
     * Adds to counters. Run twice it counts twice.
     *
     * <p>KEYS: hash of the hour. ARGV: life in ms, then counter and how much of each.
     */
    private static final Script ADD = new Script("""
            for i = 2, #ARGV, 2 do redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1]) end
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return false
            """);

    private static final int AT_ONCE = 1_000;
    private static final Map<Character, Kind> KINDS =
            Arrays.stream(Kind.values()).collect(Collectors.toMap(RedisDisplayCounts::letter, kind -> kind));

    private final RedisLink redis;
    private final Keys keys;

    RedisDisplayCounts(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<Void> add(long hour, Map<Counter, Long> counts) {
        return Flux.fromIterable(counts.entrySet())
                .buffer(AT_ONCE)
                .concatMap(some -> addSome(hour, some))
                .then();
    }

    private Mono<byte[]> addSome(long hour, List<Map.Entry<Counter, Long>> counts) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(Keys.bytes(Long.toString(KEPT.toMillis())));
        counts.forEach(count -> {
            arguments.add(Keys.bytes(field(count.getKey())));
            arguments.add(Keys.bytes(Long.toString(count.getValue())));
        });
        return ADD.run(redis, new byte[][] {keys.displays(hour)}, arguments.toArray(byte[][]::new));
    }

    @Override
    public Mono<Map<Counter, Long>> of(long hour) {
        return redis.run(commands -> commands.hgetall(keys.displays(hour))).map(stored -> {
            var counts = new HashMap<Counter, Long>();
            stored.forEach((field, count) -> counts.put(counter(text(field)), Long.parseLong(text(count))));
            return counts;
        });
    }

    private static String field(Counter counter) {
        return letter(counter.kind()) + " " + counter.placement() + "|" + counter.offer();
    }

    private static Counter counter(String field) {
        int bar = field.indexOf('|');
        var kind = Objects.requireNonNull(KINDS.get(field.charAt(0)));
        return new Counter(kind, field.substring(2, bar), field.substring(bar + 1));
    }

    private static char letter(Kind kind) {
        return kind.name().charAt(0);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
