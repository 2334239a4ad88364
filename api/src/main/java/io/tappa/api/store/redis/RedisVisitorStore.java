package io.tappa.api.store.redis;

import io.tappa.api.store.Home;
import io.tappa.api.store.Located;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.SaveResult;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWrite;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.VisitorState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Visitors in Redis: one versioned blob each, compared and swapped by one script. */
final class RedisVisitorStore implements VisitorStore {
    private static final Duration LIFE_OF_LOG = Duration.ofDays(2);
    private static final Duration LIFE_OF_NOBODY = Duration.ofDays(1);
    private static final int MOST_LINES = 1_000;
    private static final long SPILL_MINUTES = 24 * 60 + 1;
    private static final int SHARDS_AT_ONCE = 128;

    private final RedisLink redis;
    private final Keys keys;

    RedisVisitorStore(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /**
     * Where one id leads.
     *
     * @param id the id
     * @param key the visitor it leads to, its own place when it leads nowhere
     * @param state what is known there
     * @param taken whether it leads to somebody, so that it cannot be given to another
     */
    private record Lead(Identity id, VisitorKey key, VisitorState state, boolean taken) {}

    @Override
    public Mono<Located> locate(Identities ids) {
        var userId = ids.userId();
        var anonymousId = ids.anonymousId();
        if (userId == null || anonymousId == null) {
            return lead(ids.lane()).map(lead -> at(lead, List.of()));
        }
        return lead(userId).zipWith(lead(anonymousId), RedisVisitorStore::locate);
    }

    private static Located locate(Lead user, Lead anonymous) {
        if (user.key().equals(anonymous.key())) {
            return at(user, List.of());
        }
        if (user.taken() && anonymous.taken()) {
            return new Located.Conflict();
        }
        if (user.taken()) {
            return at(user, List.of(anonymous.id()));
        }
        return mayBe(user.id(), anonymous.state()) ? at(anonymous, List.of(user.id())) : new Located.Conflict();
    }

    private static Located at(Lead lead, List<Identity> unlinked) {
        return new Located.At(new Home(lead.key(), lead.state(), unlinked));
    }

    private Mono<Lead> lead(Identity id) {
        var own = VisitorKey.of(id);
        return get(own).flatMap(blob -> follow(id, own, blob))
                .defaultIfEmpty(new Lead(id, own, VisitorState.UNSEEN, false));
    }

    private Mono<Lead> follow(Identity id, VisitorKey own, byte[] blob) {
        var pointer = StateCodec.pointer(blob);
        if (pointer == null) {
            var state = StateCodec.decode(blob);
            return Mono.just(new Lead(id, own, state, !state.isLight()));
        }
        return get(pointer)
                .flatMap(target -> arrive(id, pointer, target))
                .defaultIfEmpty(new Lead(id, pointer, VisitorState.UNSEEN, true));
    }

    /**
     * Links are written before the visitor; one whose writer then lost to another person leads to the wrong visitor, or to
     * a place that is itself a link. Nothing was ever counted through it, so it is taken away.
     */
    private Mono<Lead> arrive(Identity id, VisitorKey key, byte[] target) {
        if (StateCodec.pointer(target) == null) {
            var state = StateCodec.decode(target);
            if (mayBe(id, state)) {
                return Mono.just(new Lead(id, key, state, true));
            }
        }
        var own = VisitorKey.of(id);
        return Scripts.UNLINK
                .run(redis, new byte[][] {keys.visitor(own)}, new byte[][] {StateCodec.pointerTo(key)})
                .then(Mono.just(new Lead(id, own, VisitorState.UNSEEN, false)));
    }

    /** Whether {@code id} may name this visitor: a device may, and a person where nobody else has signed in. */
    private static boolean mayBe(Identity id, VisitorState state) {
        var known = state.lanes().keySet();
        return id.kind() != IdKind.USER
                || known.contains(id)
                || known.stream().noneMatch(other -> other.kind() == IdKind.USER);
    }

    private Mono<byte[]> get(VisitorKey key) {
        return redis.run(commands -> commands.get(keys.visitor(key)));
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
    public Mono<Set<Long>> spilled(VisitorKey key, List<Long> hashes) {
        var members = hashes.stream()
                .map(hash -> ByteBuffer.allocate(Long.BYTES).putLong(hash).array())
                .toArray(byte[][]::new);
        return redis.run(commands -> commands.zmscore(keys.spill(key), members)).map(scores -> {
            var known = new HashSet<Long>();
            for (int i = 0; i < scores.size(); i++) {
                if (scores.get(i) != null) {
                    known.add(hashes.get(i));
                }
            }
            return known;
        });
    }

    @Override
    public Mono<SaveResult> save(VisitorWrite write) {
        return Scripts.SAVE
                .run(redis, keysOf(write), argumentsOf(write))
                .<SaveResult>map(stored -> {
                    if (stored.length == 0) {
                        return new SaveResult.Lost(VisitorState.UNSEEN);
                    }
                    return StateCodec.pointer(stored) == null
                            ? new SaveResult.Lost(StateCodec.decode(stored))
                            : new SaveResult.Moved();
                })
                .defaultIfEmpty(new SaveResult.Saved(write.state()));
    }

    private byte[][] keysOf(VisitorWrite write) {
        var names = new ArrayList<byte[]>();
        names.add(keys.visitor(write.key()));
        names.add(keys.log(write.key()));
        names.add(keys.spill(write.key()));
        for (var journey : write.counts().byJourney().keySet()) {
            names.add(keys.counters(write.key().shard(), journey));
        }
        return names.toArray(byte[][]::new);
    }

    private static byte[][] argumentsOf(VisitorWrite write) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(StateCodec.version(write.readVersion()));
        arguments.add(StateCodec.encode(write.state()));
        arguments.add(number(write.state().isLight() ? LIFE_OF_NOBODY.toMillis() : 0));
        arguments.add(number(LIFE_OF_LOG.toMillis()));
        arguments.add(number(MOST_LINES));
        arguments.add(number(write.log().size()));
        for (var line : write.log()) {
            arguments.add(Keys.bytes(line.kind().key()));
            arguments.add(Keys.bytes(line.text()));
        }
        arguments.add(number(write.spilled().size()));
        long newest = write.spilled().isEmpty()
                ? 0
                : write.spilled().get(write.spilled().size() - 1).arrivedMinute();
        arguments.add(number(newest - SPILL_MINUTES));
        for (var seen : write.spilled()) {
            arguments.add(ByteBuffer.allocate(Long.BYTES).putLong(seen.hash()).array());
            arguments.add(number(seen.arrivedMinute()));
        }
        for (var changes : write.counts().byJourney().values()) {
            arguments.add(number(changes.size()));
            changes.forEach((counter, change) -> {
                arguments.add(Keys.bytes(counter));
                arguments.add(number(change));
            });
        }
        return arguments.toArray(byte[][]::new);
    }

    private static byte[] number(long value) {
        return Keys.bytes(Long.toString(value));
    }

    @Override
    public Mono<Void> append(VisitorKey key, LogLine line) {
        return Scripts.APPEND
                .run(redis, new byte[][] {keys.log(key)}, new byte[][] {
                    number(LIFE_OF_LOG.toMillis()),
                    number(MOST_LINES),
                    Keys.bytes(line.kind().key()),
                    Keys.bytes(line.text())
                })
                .then();
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
