package io.tappa.api.store.redis;

import io.tappa.api.store.FusedId;
import io.tappa.api.store.Home;
import io.tappa.api.store.Lead;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.Moving;
import io.tappa.api.store.RetentionSettings;
import io.tappa.api.store.SaveResult;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWrite;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.VisitorState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Visitors in Redis: one versioned blob each, compared and swapped by one script. */
final class RedisVisitorStore implements VisitorStore {
    private static final int SHARDS_AT_ONCE = 128;

    private final RedisLink redis;
    private final Keys keys;
    private final LeadFinder finder;
    private final InstantSource clock;
    private final RetentionSettings retention;
    private final IntSupplier lives;

    /** {@code lives} gives each life of a visitor a number. */
    RedisVisitorStore(RedisLink redis, Keys keys, InstantSource clock, RetentionSettings retention, IntSupplier lives) {
        this.redis = redis;
        this.keys = keys;
        this.finder = new LeadFinder(redis, keys);
        this.clock = clock;
        this.retention = retention;
        this.lives = lives;
    }

    @Override
    public Mono<List<Lead>> leads(Identities ids) {
        return finder.leads(ids);
    }

    @Override
    public Mono<Home> at(VisitorKey key) {
        return finder.at(key);
    }

    @Override
    public Mono<Home> home(VisitorKey key) {
        return finder.home(key);
    }

    @Override
    public Mono<Long> erasedMillis(VisitorKey key) {
        return redis.run(commands -> commands.get(keys.left(key)))
                .map(left -> Left.of(left).erasedMillis())
                .defaultIfEmpty(0L);
    }

    @Override
    public Mono<Lead> lead(VisitorKey key, Identity id) {
        return finder.lead(key, id);
    }

    @Override
    public Mono<Boolean> link(List<Identity> ids, VisitorKey key) {
        var pointer = StateCodec.pointerTo(key);
        return Flux.fromIterable(ids)
                .concatMap(id -> Scripts.LINK
                        .run(redis, new byte[][] {keys.visitor(VisitorKey.of(id))}, new byte[][] {pointer})
                        .hasElement())
                .any(leadsElsewhere -> leadsElsewhere)
                .map(leadsElsewhere -> !leadsElsewhere);
    }

    @Override
    public Mono<Set<Long>> spilled(List<VisitorKey> visitors, List<Long> hashes) {
        var members = hashes.stream()
                .map(hash -> ByteBuffer.allocate(Long.BYTES).putLong(hash).array())
                .toArray(byte[][]::new);
        return Flux.fromIterable(visitors)
                .flatMap(key -> redis.run(commands -> commands.zmscore(keys.spill(key), members)))
                .collect(HashSet::new, (known, scores) -> {
                    for (int i = 0; i < scores.size(); i++) {
                        if (scores.get(i) != null) {
                            known.add(hashes.get(i));
                        }
                    }
                });
    }

    @Override
    public Mono<SaveResult> save(VisitorWrite write) {
        var whole = write.before().isKept() ? write : write.born(lives.getAsInt());
        return SaveCall.run(redis, keys, whole, clock.millis(), retention)
                .map(RedisVisitorStore::notSaved)
                .defaultIfEmpty(new SaveResult.Saved(whole.state()));
    }

    private static SaveResult notSaved(byte[] stored) {
        if (stored.length == 0) {
            return new SaveResult.Lost(VisitorState.UNSEEN);
        }
        return stored[0] == StateCodec.STATE ? new SaveResult.Lost(StateCodec.decode(stored)) : new SaveResult.Moved();
    }

    private static byte[] number(long value) {
        return Keys.bytes(Long.toString(value));
    }

    @Override
    public Mono<Boolean> freeze(VisitorKey key, VisitorState state, Moving moving) {
        return Scripts.FREEZE
                .run(redis, new byte[][] {keys.visitor(key)}, new byte[][] {
                    StateCodec.version(state.version()), StateCodec.frozen(state, moving)
                })
                .hasElement()
                .map(other -> !other);
    }

    @Override
    public Mono<Void> leave(VisitorKey key, VisitorState state, VisitorKey into) {
        return Scripts.LEAVE
                .run(redis, new byte[][] {keys.visitor(key), keys.timers(key.shard())}, new byte[][] {
                    StateCodec.version(state.version()), StateCodec.pointerTo(into), Keys.bytes(key.text())
                })
                .then();
    }

    @Override
    public Mono<Void> settle(VisitorKey key, VisitorState state, List<LogLine> log, List<String> ledger) {
        int part = LogLines.part(clock.millis());
        var arguments = new ArrayList<byte[]>();
        arguments.add(StateCodec.encode(state));
        arguments.add(number(state.armedMillis()));
        arguments.add(Keys.bytes(key.text()));
        arguments.add(number(log.size()));
        addLines(arguments, log, ledger);
        return Scripts.SETTLE
                .run(
                        redis,
                        new byte[][] {
                            keys.visitor(key),
                            keys.timers(key.shard()),
                            keys.log(key, part),
                            keys.ledger(key),
                            keys.logged(key.shard(), part)
                        },
                        arguments.toArray(byte[][]::new))
                .then();
    }

    private static void addLines(List<byte[]> arguments, List<LogLine> log, List<String> ledger) {
        log.forEach(line -> arguments.add(LogLines.bytes(line)));
        ledger.forEach(line -> arguments.add(Keys.bytes(line)));
    }

    @Override
    public Mono<Void> drop(VisitorKey place, List<LogLine> log, List<String> ledger) {
        if (log.isEmpty() && ledger.isEmpty()) {
            return Mono.empty();
        }
        var names = new ArrayList<>(keys.logs(place));
        names.add(keys.ledger(place));
        var arguments = new ArrayList<byte[]>();
        addLines(arguments, log, ledger);
        return Scripts.DROP
                .run(redis, names.toArray(byte[][]::new), arguments.toArray(byte[][]::new))
                .then();
    }

    @Override
    public Mono<Void> clear(VisitorKey place, VisitorState state) {
        var left = Left.of(state);
        var names = new ArrayList<>(List.of(
                keys.visitor(place),
                keys.timers(place.shard()),
                keys.left(place),
                keys.archived(place.shard()),
                keys.struck(place.shard()),
                keys.spill(place),
                keys.ledger(place),
                keys.fused(place)));
        names.addAll(keys.logs(place));
        return Scripts.ERASE
                .run(redis, names.toArray(byte[][]::new), new byte[][] {
                    Keys.bytes(place.text()),
                    number(left.erasedMillis()),
                    Keys.bytes(left.denials()),
                    number(left.lifeMillis(retention)),
                    number(clock.millis())
                })
                .then(Flux.range(0, LogLines.PARTS)
                        .concatMap(part -> redis.run(
                                commands -> commands.srem(keys.logged(place.shard(), part), Keys.bytes(place.text()))))
                        .then());
    }

    @Override
    public Mono<List<LogLine>> log(VisitorKey key) {
        return Flux.fromIterable(LogLines.partsInOrder(clock.millis()))
                .flatMapSequential(part -> redis.run(commands -> commands.lrange(keys.log(key, part), 0, -1)))
                .flatMapIterable(Function.identity())
                .map(LogLines::line)
                .collectList();
    }

    @Override
    public Mono<List<String>> ledger(VisitorKey key) {
        return redis.run(commands -> commands.lrange(keys.ledger(key), 0, -1))
                .map(lines -> lines.stream()
                        .map(line -> new String(line, StandardCharsets.UTF_8))
                        .toList());
    }

    @Override
    public Mono<List<FusedId>> fused(VisitorKey key) {
        return redis.run(commands -> commands.hgetall(keys.fused(key)))
                .map(ids -> ids.entrySet().stream()
                        .map(id -> FusedIds.fused(id.getKey(), id.getValue()))
                        .sorted(Comparator.comparing(FusedId::id))
                        .toList());
    }

    @Override
    public Mono<FusedId> fused(VisitorKey key, Identity id) {
        return finder.fused(key, id);
    }

    @Override
    public Mono<SaveResult> append(VisitorKey key, VisitorState state, List<LogLine> lines) {
        int part = LogLines.part(clock.millis());
        var arguments = new ArrayList<byte[]>();
        arguments.add(StateCodec.head(state.version()));
        arguments.add(Keys.bytes(key.text()));
        addLines(arguments, lines, List.of());
        return Scripts.APPEND
                .run(
                        redis,
                        new byte[][] {keys.visitor(key), keys.log(key, part), keys.logged(key.shard(), part)},
                        arguments.toArray(byte[][]::new))
                .map(RedisVisitorStore::notSaved)
                .defaultIfEmpty(new SaveResult.Saved(state));
    }

    @Override
    public Mono<SortedMap<String, Long>> counters(String journey) {
        return Flux.range(0, VisitorKey.SHARDS)
                .flatMap(
                        shard -> redis.run(commands -> commands.hgetall(keys.counters(shard, journey))), SHARDS_AT_ONCE)
                .collect(
                        TreeMap<String, Long>::new,
                        (sum, shard) -> shard.forEach((counter, value) -> sum.merge(
                                new String(counter, StandardCharsets.UTF_8),
                                Long.parseLong(new String(value, StandardCharsets.UTF_8)),
                                Long::sum)))
                .map(sum -> sum);
    }
}
