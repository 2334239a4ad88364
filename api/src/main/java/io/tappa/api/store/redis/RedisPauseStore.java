package io.tappa.api.store.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tappa.api.store.PauseStore;
import io.tappa.engine.pause.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import reactor.core.publisher.Mono;

/** Pauses in Redis: one hash, each as JSON under what it holds. */
final class RedisPauseStore implements PauseStore {
    /**
     * Puts one pause unless too many others hold, and clears away those that hold no more.
     *
     * <p>KEYS: hash of pauses. ARGV: now in ms, most pauses, what always fits, what is paused, the pause as JSON.
     */
    private static final Script PUT = new Script("""
            local all = redis.call('HGETALL', KEYS[1])
            local others = 0
            for i = 1, #all, 2 do
              if cjson.decode(all[i + 1]).untilMillis <= tonumber(ARGV[1]) then
                redis.call('HDEL', KEYS[1], all[i])
              elseif all[i] ~= ARGV[3] and all[i] ~= ARGV[4] then
                others = others + 1
              end
            end
            if others >= tonumber(ARGV[2]) and ARGV[4] ~= ARGV[3] then return '0' end
            redis.call('HSET', KEYS[1], ARGV[4], ARGV[5])
            return '1'
            """);

    /**
     * Ends one pause.
     *
     * <p>KEYS: hash of pauses. ARGV: now in ms, what is paused.
     */
    private static final Script END = new Script("""
            local pause = redis.call('HGET', KEYS[1], ARGV[2])
            redis.call('HDEL', KEYS[1], ARGV[2])
            return pause and cjson.decode(pause).untilMillis > tonumber(ARGV[1]) and '1' or '0'
            """);

    /** Nodes of the next version may write more of a pause than this one reads. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final RedisLink redis;
    private final Keys keys;
    private final InstantSource clock;

    RedisPauseStore(RedisLink redis, Keys keys, InstantSource clock) {
        this.redis = redis;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Mono<Boolean> put(Pause pause) {
        return Mono.defer(() -> PUT.run(redis, new byte[][] {keys.pauses()}, new byte[][] {
                    Keys.bytes(Long.toString(clock.millis())),
                    Keys.bytes(Integer.toString(MOST)),
                    Keys.bytes(Pause.EVERYTHING),
                    Keys.bytes(pause.what()),
                    encode(pause)
                }))
                .map(RedisPauseStore::yes);
    }

    @Override
    public Mono<Boolean> end(String what) {
        return Mono.defer(() -> END.run(redis, new byte[][] {keys.pauses()}, new byte[][] {
                    Keys.bytes(Long.toString(clock.millis())), Keys.bytes(what)
                }))
                .map(RedisPauseStore::yes);
    }

    private static boolean yes(byte[] answer) {
        return answer[0] == '1';
    }

    @Override
    public Mono<SortedMap<String, Pause>> all() {
        return redis.run(commands -> commands.hgetall(keys.pauses())).map(stored -> holding(stored.values()));
    }

    private SortedMap<String, Pause> holding(Collection<byte[]> stored) {
        long now = clock.millis();
        var holding = new TreeMap<String, Pause>();
        for (var json : stored) {
            var pause = decode(json);
            if (pause.holds(now)) {
                holding.put(pause.what(), pause);
            }
        }
        return holding;
    }

    private static byte[] encode(Pause pause) {
        try {
            return JSON.writeValueAsBytes(pause);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record of texts and numbers is always JSON.", impossible);
        }
    }

    private static Pause decode(byte[] json) {
        try {
            return JSON.readValue(json, Pause.class);
        } catch (IOException damaged) {
            throw new UncheckedIOException("A stored pause is damaged.", damaged);
        }
    }
}
