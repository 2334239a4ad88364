package io.tappa.api.store.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.SetArgs;
import io.tappa.api.store.PackStore;
import io.tappa.engine.fact.Gathering;
import io.tappa.engine.pack.PackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** Versions of one pack in Redis: each as JSON of its files under its hash, for ever; one of them is live. */
final class RedisPackStore implements PackStore {
    /**
     * Notes since when slots are gathered: those that are new since now, all of them always where nothing was noted before.
     *
     * <p>KEYS: hash of slots. ARGV: now in ms, then the slots that are gathered from now on; all others are forgotten.
     */
    private static final Script GATHER = new Script("""
            local known = redis.call('HGETALL', KEYS[1])
            local since = #known == 0 and '0' or ARGV[1]
            local gathered = {}
            for i = 2, #ARGV do
              gathered[ARGV[i]] = true
              redis.call('HSETNX', KEYS[1], ARGV[i], since)
            end
            for i = 1, #known, 2 do
              if not gathered[known[i]] then redis.call('HDEL', KEYS[1], known[i]) end
            end
            return false
            """);

    /**
     * Notes that slots were gathered from further back, where they are gathered still.
     *
     * <p>KEYS: hash of slots. ARGV: the earlier moment in ms, then the slots.
     */
    private static final Script GATHERED_BACK = new Script("""
            for i = 2, #ARGV do
              local since = redis.call('HGET', KEYS[1], ARGV[i])
              if since and tonumber(since) > tonumber(ARGV[1]) then redis.call('HSET', KEYS[1], ARGV[i], ARGV[1]) end
            end
            return false
            """);

    /** So many digits of its hash name a version. */
    private static final int OF_NAME = 16;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> FILES = new TypeReference<>() {};

    private final RedisLink redis;
    private final Keys keys;

    RedisPackStore(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<String> live() {
        return redis.run(commands -> commands.get(keys.live())).map(hash -> new String(hash, StandardCharsets.UTF_8));
    }

    @Override
    public Mono<PackFiles> files(String hash) {
        return redis.run(commands -> commands.get(keys.version(hash))).map(RedisPackStore::decode);
    }

    @Override
    public Mono<String> version(String digits) {
        return redis.run(commands -> commands.hget(keys.versions(), Keys.bytes(digits)))
                .map(hash -> new String(hash, StandardCharsets.UTF_8));
    }

    @Override
    public Mono<byte[]> secret(byte[] first) {
        return redis.run(commands -> commands.set(keys.secret(), first, SetArgs.Builder.nx()))
                .then(redis.run(commands -> commands.get(keys.secret())));
    }

    @Override
    public Mono<Void> publish(String hash, PackFiles files) {
        return redis.run(commands -> commands.set(keys.version(hash), encode(files), SetArgs.Builder.nx()))
                .then(redis.run(commands ->
                        commands.hset(keys.versions(), Keys.bytes(hash.substring(0, OF_NAME)), Keys.bytes(hash))))
                .then(redis.run(commands -> commands.set(keys.live(), Keys.bytes(hash))))
                .then();
    }

    @Override
    public Mono<Gathering> gathering() {
        return redis.run(commands -> commands.hgetall(keys.gathered())).map(stored -> {
            var since = new TreeMap<Integer, Long>();
            stored.forEach((slot, millis) -> {
                if (number(millis) > 0) {
                    since.put((int) number(slot), number(millis));
                }
            });
            return new Gathering(since);
        });
    }

    private static long number(byte[] text) {
        return Long.parseLong(new String(text, StandardCharsets.UTF_8));
    }

    @Override
    public Mono<Void> gather(SortedSet<Integer> slots, long sinceMillis) {
        return GATHER.run(redis, new byte[][] {keys.gathered()}, arguments(slots, sinceMillis))
                .then();
    }

    @Override
    public Mono<Void> gatheredBack(SortedSet<Integer> slots, long sinceMillis) {
        return GATHERED_BACK
                .run(redis, new byte[][] {keys.gathered()}, arguments(slots, sinceMillis))
                .then();
    }

    private static byte[][] arguments(SortedSet<Integer> slots, long sinceMillis) {
        return Stream.concat(Stream.of(sinceMillis), slots.stream())
                .map(number -> Keys.bytes(number.toString()))
                .toArray(byte[][]::new);
    }

    private static byte[] encode(PackFiles files) {
        try {
            return JSON.writeValueAsBytes(files.contents());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A map of texts is always JSON.", impossible);
        }
    }

    private static PackFiles decode(byte[] json) {
        try {
            return new PackFiles(JSON.readValue(json, FILES));
        } catch (IOException damaged) {
            throw new UncheckedIOException("A stored version of the pack is damaged.", damaged);
        }
    }
}
