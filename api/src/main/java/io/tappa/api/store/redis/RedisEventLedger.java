package io.tappa.api.store.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tappa.api.store.EventLedger;
import io.tappa.api.store.EventLedger.RefusedEvents.Example;
import io.tappa.api.store.RetentionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The ledger in Redis: one hash of names; one hash an hour of refusals, with a count and the last example of each. */
final class RedisEventLedger implements EventLedger {
    /**
     * Counts names of events. Where there are too many, those unseen for longest make room, if that is long enough; further
     * ones are counted under the empty name. Run twice it counts twice: the counts are for people who look for unused names,
     * and nothing depends on them.
     *
     * <p>KEYS: hash of names. ARGV: most names, now in ms, how long unseen is long enough, life of all of them after the last
     * count in ms, then name and count of each. Stored: count and last moment.
     */
    private static final Script COUNT_NAMES = new Script("""
            local function seen(value) return tonumber(string.match(value, ' (%d+)$')) end
            local unseen
            local function makesRoom()
              if not unseen then
                unseen = {}
                local all = redis.call('HGETALL', KEYS[1])
                for i = 1, #all, 2 do
                  local last = seen(all[i + 1])
                  if all[i] ~= '' and last <= ARGV[2] - ARGV[3] then unseen[#unseen + 1] = { all[i], last } end
                end
                table.sort(unseen, function(a, b) return a[2] > b[2] or (a[2] == b[2] and a[1] > b[1]) end)
              end
              local oldest = table.remove(unseen)
              while oldest and seen(redis.call('HGET', KEYS[1], oldest[1])) ~= oldest[2] do oldest = table.remove(unseen) end
              if oldest then redis.call('HDEL', KEYS[1], oldest[1]) end
              return oldest
            end
            for i = 5, #ARGV, 2 do
              local name = ARGV[i]
              local known = redis.call('HGET', KEYS[1], name)
              if not known and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[1]) and not makesRoom() then
                name = ''
                known = redis.call('HGET', KEYS[1], name)
              end
              local before = known and tonumber(string.match(known, '^%d+')) or 0
              redis.call('HSET', KEYS[1], name, string.format('%.0f %s', before + ARGV[i + 1], ARGV[2]))
            end
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            return false
            """);

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int HOURS_AT_ONCE = 16;
    private static final String COUNT = "n ";
    private static final String EXAMPLE = "e ";

    private final RedisLink redis;
    private final Keys keys;
    private final RetentionSettings retention;

    RedisEventLedger(RedisLink redis, Keys keys, RetentionSettings retention) {
        this.redis = redis;
        this.keys = keys;
        this.retention = retention;
    }

    /** The last refusal of its key and reason, as it is stored. */
    record Stored(long at, Example example) {}

    @Override
    public Mono<Void> countNames(SortedMap<String, Long> counts, long nowMillis) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(Keys.bytes(Integer.toString(MOST_NAMES)));
        arguments.add(Keys.bytes(Long.toString(nowMillis)));
        arguments.add(Keys.bytes(Long.toString(HOUR.toMillis())));
        arguments.add(Keys.bytes(Long.toString(retention.names().toMillis())));
        counts.forEach((name, count) -> {
            arguments.add(Keys.bytes(name));
            arguments.add(Keys.bytes(Long.toString(count)));
        });
        return COUNT_NAMES
                .run(redis, new byte[][] {keys.eventNames()}, arguments.toArray(byte[][]::new))
                .then();
    }

    @Override
    public Mono<SortedMap<String, NameSeen>> names() {
        return redis.run(commands -> commands.hgetall(keys.eventNames())).map(stored -> {
            var names = new TreeMap<String, NameSeen>();
            stored.forEach((name, seen) -> {
                var parts = text(seen).split(" ", 2);
                names.put(text(name), new NameSeen(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
            });
            return names;
        });
    }

    @Override
    public Mono<Void> noteRefusals(List<RefusedEvents> refused) {
        return Flux.fromIterable(refused).concatMap(this::note).then();
    }

    private Mono<Boolean> note(RefusedEvents refused) {
        var hour = keys.refusals(refused.lastMillis() / HOUR.toMillis());
        var group = refused.code() + " " + refused.keyId();
        var example = encode(new Stored(refused.lastMillis(), refused.example()));
        return redis.run(commands -> commands.hincrby(hour, Keys.bytes(COUNT + group), refused.count()))
                .then(redis.run(commands -> commands.hset(hour, Keys.bytes(EXAMPLE + group), example)))
                .then(redis.run(commands -> commands.expire(hour, retention.refusals())));
    }

    @Override
    public Mono<List<RefusedEvents>> refusals(long nowMillis) {
        long hour = nowMillis / HOUR.toMillis();
        return Flux.range(0, (int) retention.refusals().toHours())
                .flatMap(back -> redis.run(commands -> commands.hgetall(keys.refusals(hour - back))), HOURS_AT_ONCE)
                .flatMapIterable(RedisEventLedger::ofHour)
                .collect(
                        HashMap<String, RefusedEvents>::new,
                        (all, one) -> all.merge(one.code() + " " + one.keyId(), one, RefusedEvents::plus))
                .map(all -> all.values().stream()
                        .sorted(Comparator.comparingLong(RefusedEvents::lastMillis)
                                .reversed()
                                .thenComparing(RefusedEvents::code)
                                .thenComparing(RefusedEvents::keyId))
                        .toList());
    }

    private static List<RefusedEvents> ofHour(Map<byte[], byte[]> stored) {
        var counts = new HashMap<String, Long>();
        var examples = new TreeMap<String, Stored>();
        stored.forEach((field, value) -> {
            var name = text(field);
            if (name.startsWith(COUNT)) {
                counts.put(name.substring(COUNT.length()), Long.parseLong(text(value)));
            } else {
                examples.put(name.substring(EXAMPLE.length()), decode(value));
            }
        });
        var refused = new ArrayList<RefusedEvents>();
        examples.forEach((group, last) -> {
            var parts = group.split(" ", 2);
            refused.add(
                    new RefusedEvents(parts[1], parts[0], counts.getOrDefault(group, 0L), last.at(), last.example()));
        });
        return refused;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] encode(Stored stored) {
        try {
            return JSON.writeValueAsBytes(stored);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record of texts is always JSON.", impossible);
        }
    }

    private static Stored decode(byte[] json) {
        try {
            return JSON.readValue(json, Stored.class);
        } catch (IOException damaged) {
            throw new UncheckedIOException("A stored refusal is damaged.", damaged);
        }
    }
}
