package io.tappa.api.store.redis;

import io.lettuce.core.Range;
import io.tappa.api.store.Home;
import io.tappa.api.store.Lead;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.Moving;
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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Visitors in Redis: one versioned blob each, compared and swapped by one script. */
final class RedisVisitorStore implements VisitorStore {
    private static final Duration LIFE_OF_LOG = Duration.ofDays(2);
    private static final Duration LIFE_OF_ERASURE = Duration.ofDays(90);
    private static final Duration LIFE_OF_NOBODY = Duration.ofDays(1);
    private static final int MOST_LINES = 1_000;
    private static final long SPILL_MINUTES = 24 * 60 + 1;
    private static final int MOST_HOPS = 16;
    private static final int SHARDS_AT_ONCE = 128;

    private final RedisLink redis;
    private final Keys keys;

    RedisVisitorStore(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<List<Lead>> leads(Identities ids) {
        return Flux.fromIterable(ids.all())
                .flatMapSequential(id -> lead(id, VisitorKey.of(id), false))
                .collectList();
    }

    @Override
    public Mono<Home> at(VisitorKey key) {
        return get(key).filter(blob -> blob[0] == StateCodec.STATE).map(blob -> new Home(key, StateCodec.decode(blob)));
    }

    @Override
    public Mono<Lead> lead(VisitorKey key, Identity id) {
        return lead(id, key, true);
    }

    private Mono<Lead> lead(Identity id, VisitorKey key, boolean handedOver) {
        return getBoth(key)
                .flatMap(both -> both.blob == null
                        ? Mono.just(new Lead(id, key, key, both.nobody(), false, null))
                        : follow(id, new Hop(key, 0, handedOver), both.blob));
    }

    /**
     * A step on the way from an id to its visitor.
     *
     * @param at where it is now
     * @param count steps so far
     * @param handedOver whether the id was handed over on the way; whoever has it now does not hand it on
     */
    private record Hop(VisitorKey at, int count, boolean handedOver) {
        Hop to(VisitorKey next) {
            if (count >= MOST_HOPS) {
                throw new IllegalStateException("An id leads in circles.");
            }
            return new Hop(next, count + 1, handedOver);
        }
    }

    private Mono<Lead> follow(Identity id, Hop hop, byte[] blob) {
        var pointer = StateCodec.pointer(blob);
        if (pointer != null) {
            var next = hop.to(pointer);
            return get(pointer)
                    .flatMap(target -> follow(id, next, target))
                    .defaultIfEmpty(new Lead(id, pointer, pointer, VisitorState.UNSEEN, true, null));
        }
        var state = StateCodec.decode(blob);
        if (hop.count() > 0 && !hop.handedOver() && !mayBe(id, state)) {
            return forget(id, hop);
        }
        var lane = state.lanes().get(id);
        var handOver = lane == null || hop.handedOver() ? null : lane.handedOver();
        if (handOver != null && !handOver.to().equals(hop.at())) {
            return handedOver(id, hop, handOver.to());
        }
        var moving = StateCodec.moving(blob);
        return Mono.just(new Lead(id, hop.at(), hop.at(), state, hop.count() > 0 || !state.isLight(), moving));
    }

    /** The visitor who held the id first decides where it leads. */
    private Mono<Lead> handedOver(Identity id, Hop hop, VisitorKey to) {
        return lead(id, to, true).map(lead -> new Lead(id, hop.at(), lead.key(), lead.state(), true, lead.moving()));
    }

    /**
     * Links are written before the visitor; one whose writer then lost to another person leads to the wrong visitor. Nothing
     * was ever counted through it, so it is taken away.
     */
    private Mono<Lead> forget(Identity id, Hop hop) {
        var own = VisitorKey.of(id);
        return Scripts.UNLINK
                .run(redis, new byte[][] {keys.visitor(own)}, new byte[][] {StateCodec.pointerTo(hop.at())})
                .then(Mono.just(new Lead(id, own, own, VisitorState.UNSEEN, false, null)));
    }

    /** Whether {@code id} may name this visitor: a device may, and a person where nobody else has signed in. */
    private static boolean mayBe(Identity id, VisitorState state) {
        return id.kind() != IdKind.USER || state.lanes().containsKey(id) || state.userId() == null;
    }

    /** What stands at a place: a visitor, a pointer or nothing, and when the last one there was erased, or 0. */
    private static final class Place {
        private final byte @Nullable [] blob;
        private final long erasedMillis;

        Place(byte @Nullable [] blob, long erasedMillis) {
            this.blob = blob;
            this.erasedMillis = erasedMillis;
        }

        VisitorState nobody() {
            return erasedMillis == 0 ? VisitorState.UNSEEN : VisitorState.forgotten(0, erasedMillis);
        }
    }

    private Mono<Place> getBoth(VisitorKey key) {
        return redis.run(commands -> commands.mget(keys.visitor(key), keys.erased(key)))
                .map(values -> new Place(
                        values.get(0).getValueOrElse(null),
                        values.get(1).hasValue()
                                ? Long.parseLong(new String(values.get(1).getValue(), StandardCharsets.UTF_8))
                                : 0));
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
        return Scripts.SAVE
                .run(redis, keysOf(write), argumentsOf(write))
                .<SaveResult>map(stored -> {
                    if (stored.length == 0) {
                        return new SaveResult.Lost(VisitorState.UNSEEN);
                    }
                    return stored[0] == StateCodec.STATE
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
        names.add(keys.timers(write.key().shard()));
        names.add(keys.ledger(write.key()));
        for (var journey : write.counts().byJourney().keySet()) {
            names.add(keys.counters(write.key().shard(), journey));
        }
        return names.toArray(byte[][]::new);
    }

    private static byte[][] argumentsOf(VisitorWrite write) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(StateCodec.version(write.before().version()));
        arguments.add(write.ends() ? new byte[0] : StateCodec.encode(write.state()));
        arguments.add(number(write.state().isLight() ? LIFE_OF_NOBODY.toMillis() : 0));
        arguments.add(number(LIFE_OF_LOG.toMillis()));
        arguments.add(number(MOST_LINES));
        arguments.add(number(write.log().size()));
        for (var line : write.log()) {
            arguments.add(Keys.bytes(line.kind().key()));
            arguments.add(Keys.bytes(line.text()));
        }
        boolean same = write.state().armedMillis() == write.before().armedMillis();
        arguments.add(same ? new byte[0] : number(write.state().armedMillis()));
        arguments.add(Keys.bytes(write.key().text()));
        arguments.add(number(write.ledger().size()));
        write.ledger().forEach(line -> arguments.add(Keys.bytes(line)));
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
    public Mono<Void> settle(VisitorKey key, VisitorState state) {
        return Scripts.SETTLE
                .run(redis, new byte[][] {keys.visitor(key), keys.timers(key.shard())}, new byte[][] {
                    StateCodec.encode(state), number(state.armedMillis()), Keys.bytes(key.text())
                })
                .then();
    }

    @Override
    public Mono<Void> clear(VisitorKey place, List<VisitorKey> visitors, long erasedMillis) {
        var pointers = visitors.isEmpty() ? List.of(new byte[0]) : pointers(visitors);
        return Flux.fromIterable(pointers)
                .concatMap(pointer -> Scripts.ERASE.run(
                        redis,
                        new byte[][] {
                            keys.visitor(place),
                            keys.log(place),
                            keys.spill(place),
                            keys.ledger(place),
                            keys.timers(place.shard()),
                            keys.erased(place)
                        },
                        new byte[][] {
                            pointer,
                            Keys.bytes(place.text()),
                            erasedMillis == 0 ? new byte[0] : number(erasedMillis),
                            number(LIFE_OF_ERASURE.toMillis())
                        }))
                .then();
    }

    private static List<byte[]> pointers(List<VisitorKey> visitors) {
        return visitors.stream().map(StateCodec::pointerTo).toList();
    }

    @Override
    public Mono<List<LogLine>> log(VisitorKey key) {
        return redis.run(commands -> commands.xrange(keys.log(key), Range.unbounded()))
                .map(entries -> entries.stream()
                        .flatMap(entry -> entry.getBody().entrySet().stream())
                        .map(line -> new LogLine(
                                LogLine.Kind.of(new String(line.getKey(), StandardCharsets.UTF_8)),
                                new String(line.getValue(), StandardCharsets.UTF_8)))
                        .toList());
    }

    @Override
    public Mono<List<String>> ledger(VisitorKey key) {
        return redis.run(commands -> commands.lrange(keys.ledger(key), 0, -1))
                .map(lines -> lines.stream()
                        .map(line -> new String(line, StandardCharsets.UTF_8))
                        .toList());
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
