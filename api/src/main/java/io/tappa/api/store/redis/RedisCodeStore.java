package io.tappa.api.store.redis;

import io.tappa.api.store.CodeStore;
import io.tappa.engine.identity.VisitorKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Codes in Redis, each pool in keys of its own hash tag: those nobody has in their order, all there are, and who has which. */
final class RedisCodeStore implements CodeStore {
    private static final int AT_ONCE = 1_000;

    /** Adds codes that were never there. KEYS: all, free. ARGV: codes. */
    private static final Script ADD = new Script("""
            for i = 1, #ARGV do
              if redis.call('SADD', KEYS[1], ARGV[i]) == 1 then redis.call('RPUSH', KEYS[2], ARGV[i]) end
            end
            return ''
            """);

    /** Takes codes out that nobody has. KEYS: all, free. ARGV: codes. */
    private static final Script REMOVE = new Script("""
            for i = 1, #ARGV do
              if redis.call('LREM', KEYS[2], 1, ARGV[i]) == 1 then redis.call('SREM', KEYS[1], ARGV[i]) end
            end
            return ''
            """);

    /** KEYS: free, who has which. ARGV: places of the person. */
    private static final Script GIVE = new Script("""
            for i = 1, #ARGV do
              local code = redis.call('HGET', KEYS[2], ARGV[i])
              if code then return redis.call('LLEN', KEYS[1]) .. ' ' .. code end
            end
            local code = redis.call('LPOP', KEYS[1])
            if not code then return false end
            redis.call('HSET', KEYS[2], ARGV[1], code)
            return redis.call('LLEN', KEYS[1]) .. ' ' .. code
            """);

    private final RedisLink redis;
    private final Keys keys;

    RedisCodeStore(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<Void> load(String pool, List<String> codes) {
        return redis.run(commands -> commands.sadd(keys.codePools(), Keys.bytes(pool)))
                .thenMany(inPieces(codes))
                .concatMap(piece -> ADD.run(redis, new byte[][] {keys.codes(pool), keys.freeCodes(pool)}, piece))
                .then(redis.run(commands -> commands.lrange(keys.freeCodes(pool), 0, -1)))
                .flatMapMany(free -> inPieces(others(free, codes)))
                .concatMap(piece -> REMOVE.run(redis, new byte[][] {keys.codes(pool), keys.freeCodes(pool)}, piece))
                .then();
    }

    private static List<String> others(List<byte[]> free, List<String> codes) {
        var wanted = new HashSet<>(codes);
        return free.stream()
                .map(RedisCodeStore::text)
                .filter(code -> !wanted.contains(code))
                .toList();
    }

    private static Flux<byte[][]> inPieces(List<String> codes) {
        var pieces = new ArrayList<byte[][]>();
        for (int from = 0; from < codes.size(); from += AT_ONCE) {
            pieces.add(codes.subList(from, Math.min(codes.size(), from + AT_ONCE)).stream()
                    .map(Keys::bytes)
                    .toArray(byte[][]::new));
        }
        return Flux.fromIterable(pieces);
    }

    @Override
    public Mono<Given> give(String pool, List<VisitorKey> places) {
        return GIVE.run(redis, new byte[][] {keys.freeCodes(pool), keys.givenCodes(pool)}, bytes(places.stream()))
                .map(answer -> {
                    var parts = text(answer).split(" ", 2);
                    return new Given(parts[1], Long.parseLong(parts[0]));
                });
    }

    @Override
    public Mono<Level> level(String pool) {
        return Mono.zip(
                redis.run(commands -> commands.scard(keys.codes(pool))),
                redis.run(commands -> commands.llen(keys.freeCodes(pool))),
                Level::new);
    }

    @Override
    public Mono<Void> forget(Collection<VisitorKey> places) {
        if (places.isEmpty()) {
            return Mono.empty();
        }
        return redis.run(commands -> commands.smembers(keys.codePools()))
                .flatMapIterable(pools -> pools)
                .concatMap(pool ->
                        redis.run(commands -> commands.hdel(keys.givenCodes(text(pool)), bytes(places.stream()))))
                .then();
    }

    private static byte[][] bytes(Stream<VisitorKey> places) {
        return places.map(VisitorKey::text).map(Keys::bytes).toArray(byte[][]::new);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
