package io.tappa.api.store.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.SetArgs;
import io.tappa.api.store.PackStore;
import io.tappa.api.store.Release;
import io.tappa.engine.fact.Gathering;
import io.tappa.engine.pack.PackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Versions of one pack in Redis: each as JSON of its files under its hash, for ever; one of them is live. */
final class RedisPackStore implements PackStore {
    /**
     * Notes since when slots are gathered: those that are new since now, all of them always where nothing was noted before.
     *
     * <p>KEYS: hash of slots. ARGV: now in ms, then the slots that are gathered from now on.
     */
    private static final Script GATHER_MORE = new Script("""
            local since = redis.call('EXISTS', KEYS[1]) == 0 and '0' or ARGV[1]
            for i = 2, #ARGV do
              redis.call('HSETNX', KEYS[1], ARGV[i], since)
            end
            return false
            """);

    /**
     * Forgets since when other slots than these are gathered.
     *
     * <p>KEYS: hash of slots. ARGV: the slots.
     */
    private static final Script GATHER_NO_OTHERS = new Script("""
            local gathered = {}
            for i = 1, #ARGV do gathered[ARGV[i]] = true end
            for _, slot in ipairs(redis.call('HKEYS', KEYS[1])) do
              if not gathered[slot] then redis.call('HDEL', KEYS[1], slot) end
            end
            return false
            """);

    /**
     * Adds a release where the newest one is as expected, and answers its number; 0 where it is not.
     *
     * <p>KEYS: list of releases. ARGV: hash of the version that should be live, or nothing; hash of the next one; the release.
     */
    private static final Script RELEASE = new Script("""
            local newest = redis.call('LINDEX', KEYS[1], -1)
            local live = newest and cjson.decode(newest).hash or ''
            if ARGV[1] ~= '' and ARGV[1] ~= live then return '0' end
            if live == ARGV[2] then return tostring(redis.call('LLEN', KEYS[1])) end
            return tostring(redis.call('RPUSH', KEYS[1], ARGV[3]))
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
        return redis.run(commands -> commands.lindex(keys.releases(), -1))
                .map(newest -> ReleaseCodec.decode(newest, 0).hash());
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
    public Mono<Void> keep(PackFiles files) {
        var hash = files.hash();
        return redis.run(commands -> commands.set(keys.version(hash), encode(files), SetArgs.Builder.nx()))
                .then(redis.run(commands ->
                        commands.hset(keys.versions(), Keys.bytes(hash.substring(0, OF_NAME)), Keys.bytes(hash))))
                .then();
    }

    @Override
    public Mono<Release> release(Release next, @Nullable String expected) {
        var arguments = new byte[][] {
            Keys.bytes(expected == null ? "" : expected), Keys.bytes(next.hash()), ReleaseCodec.encode(next)
        };
        return RELEASE.run(redis, new byte[][] {keys.releases()}, arguments)
                .map(RedisPackStore::number)
                .filter(number -> number > 0)
                .flatMap(this::release);
    }

    @Override
    public Mono<List<Release>> releases(int most) {
        return redis.run(commands -> commands.llen(keys.releases())).flatMap(count -> {
            long first = Math.max(0, count - most);
            return redis.run(commands -> commands.lrange(keys.releases(), first, count - 1))
                    .map(entries -> newestFirst(entries, first));
        });
    }

    private static List<Release> newestFirst(List<byte[]> entries, long first) {
        var releases = new ArrayList<Release>(entries.size());
        for (int place = entries.size() - 1; place >= 0; place--) {
            releases.add(ReleaseCodec.decode(entries.get(place), first + place + 1));
        }
        return releases;
    }

    @Override
    public Mono<Release> release(long number) {
        return number < 1
                ? Mono.empty()
                : redis.run(commands -> commands.lindex(keys.releases(), number - 1))
                        .map(entry -> ReleaseCodec.decode(entry, number));
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
    public Mono<Void> gatherMore(SortedSet<Integer> slots, long sinceMillis) {
        return GATHER_MORE
                .run(redis, new byte[][] {keys.gathered()}, arguments(slots, sinceMillis))
                .then();
    }

    @Override
    public Mono<Void> gatherNoOthers(SortedSet<Integer> slots) {
        return GATHER_NO_OTHERS
                .run(redis, new byte[][] {keys.gathered()}, arguments(slots.stream()))
                .then();
    }

    @Override
    public Mono<Void> gatheredBack(SortedSet<Integer> slots, long sinceMillis) {
        return GATHERED_BACK
                .run(redis, new byte[][] {keys.gathered()}, arguments(slots, sinceMillis))
                .then();
    }

    private static byte[][] arguments(SortedSet<Integer> slots, long sinceMillis) {
        return arguments(Stream.concat(Stream.of(sinceMillis), slots.stream()));
    }

    private static byte[][] arguments(Stream<? extends Number> numbers) {
        return numbers.map(number -> Keys.bytes(number.toString())).toArray(byte[][]::new);
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
