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
    public Mono<Void> publish(String hash, PackFiles files) {
        return redis.run(commands -> commands.set(keys.version(hash), encode(files), SetArgs.Builder.nx()))
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
        return Scripts.GATHER
                .run(redis, new byte[][] {keys.gathered()}, arguments(slots, sinceMillis))
                .then();
    }

    @Override
    public Mono<Void> gatheredBack(SortedSet<Integer> slots, long sinceMillis) {
        return Scripts.GATHERED_BACK
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
