package io.tappa.api.store.redis;

import io.tappa.api.store.FusedId;
import io.tappa.api.store.Home;
import io.tappa.api.store.Lead;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.Lane.HandOver;
import io.tappa.engine.visitor.Merge;
import io.tappa.engine.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Follows ids to the visitors they lead to. */
final class LeadFinder {
    /** Merges lead from greater to smaller keys, so a way has an end; this many steps are no way any more. */
    private static final int MOST_HOPS = 1_000;

    private final RedisLink redis;
    private final Keys keys;

    LeadFinder(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    Mono<List<Lead>> leads(Identities ids) {
        if (ids.all().size() == 1) {
            var only = ids.lane();
            return lead(only, VisitorKey.of(only), false).map(List::of);
        }
        return Flux.fromIterable(ids.all())
                .flatMapSequential(id -> lead(id, VisitorKey.of(id), false))
                .collectList();
    }

    Mono<Home> at(VisitorKey key) {
        return get(key).filter(blob -> blob[0] == StateCodec.STATE).map(blob -> new Home(key, StateCodec.decode(blob)));
    }

    /** Who lives at a place or where it leads. */
    Mono<Home> home(VisitorKey key) {
        return home(key, MOST_HOPS);
    }

    private Mono<Home> home(VisitorKey key, int hops) {
        return get(key).flatMap(blob -> {
            var pointer = StateCodec.pointer(blob);
            return pointer == null
                    ? Mono.just(new Home(key, StateCodec.decode(blob)))
                    : hops == 0 ? Mono.<Home>empty() : home(pointer, hops - 1);
        });
    }

    Mono<Lead> lead(VisitorKey key, Identity id) {
        return lead(id, key, true);
    }

    private Mono<Lead> lead(Identity id, VisitorKey key, boolean handedOver) {
        return getBoth(key)
                .flatMap(place -> place.blob == null
                        ? Mono.just(new Lead(id, key, key, place.nobody(id), false, null, place.left.erasedMillis()))
                        : follow(
                                id, new Hop(key, List.of(), handedOver, place.left.erasedMillis()), place.blob, place));
    }

    /**
     * A step on the way from an id to its visitor.
     *
     * @param at where it is now
     * @param before where it was before, in order
     * @param handedOver whether the id was handed over on the way; whoever has it now does not hand it on
     * @param erasedMillis when somebody known by the id was erased, in milliseconds since 1970, or 0
     */
    private record Hop(VisitorKey at, List<VisitorKey> before, boolean handedOver, long erasedMillis) {
        Hop to(VisitorKey next) {
            if (before.size() >= MOST_HOPS) {
                throw new IllegalStateException("An id leads in circles.");
            }
            var more = new ArrayList<>(before);
            more.add(at);
            return new Hop(next, more, handedOver, erasedMillis);
        }

        boolean isAway() {
            return !before.isEmpty();
        }
    }

    private Mono<Lead> follow(Identity id, Hop hop, byte[] blob, Place place) {
        var pointer = StateCodec.pointer(blob);
        if (pointer != null) {
            var next = hop.to(pointer);
            return getBoth(pointer)
                    .flatMap(target -> target.blob == null
                            ? Mono.just(
                                    new Lead(id, pointer, pointer, target.nobody(id), true, null, hop.erasedMillis()))
                            : follow(id, next, target.blob, target));
        }
        var stored = StateCodec.decode(blob);
        var state = stored.isLight() ? place.left.on(stored, id) : stored;
        if (hop.isAway() && !hop.handedOver() && !mayBe(id, state)) {
            return forget(id, hop);
        }
        var lane = state.lanes().get(id);
        var lead = new Lead(
                id,
                hop.at(),
                hop.at(),
                state,
                hop.isAway() || !state.isLight(),
                StateCodec.moving(blob),
                hop.erasedMillis());
        if (lane != null) {
            return handedOver(lead, hop, lane.handedOver())
                    .switchIfEmpty(shorten(hop, id).thenReturn(lead));
        }
        var fused = state.hasFused() && !hop.handedOver() ? fused(hop.at(), id) : Mono.<FusedId>empty();
        return fused.flatMap(known -> handedOver(lead, hop, known.handedOver()))
                .switchIfEmpty(Mono.defer(() -> elsewhere(lead, hop)));
    }

    Mono<FusedId> fused(VisitorKey key, Identity id) {
        var field = FusedIds.field(id);
        return redis.run(commands -> commands.hget(keys.fused(key), field)).map(value -> FusedIds.fused(field, value));
    }

    /** Where an id leads that {@code lead}'s visitor handed over, or empty. */
    private Mono<Lead> handedOver(Lead lead, Hop hop, @Nullable HandOver handOver) {
        return handOver == null || hop.handedOver() || handOver.to().equals(hop.at())
                ? Mono.empty()
                : handedOver(lead.id(), hop, handOver.to());
    }

    /** The visitor who held the id first decides where it leads. */
    private Mono<Lead> handedOver(Identity id, Hop hop, VisitorKey to) {
        return lead(id, to, true)
                .map(lead -> new Lead(id, hop.at(), lead.key(), lead.state(), true, lead.moving(), hop.erasedMillis()));
    }

    /** Where visitors were parted, a way that was shortened before may end at the wrong one of them. */
    private Mono<Lead> elsewhere(Lead lead, Hop hop) {
        var parted = lead.state().merges().stream()
                .filter(merge -> hop.isAway() && !merge.holds())
                .map(Merge::other)
                .filter(other -> !other.equals(hop.at()) && !hop.before().contains(other))
                .distinct()
                .toList();
        return Flux.fromIterable(parted)
                .concatMap(other -> getBoth(other)
                        .flatMap(place -> place.blob == null
                                ? Mono.<Lead>empty()
                                : follow(lead.id(), hop.to(other), place.blob, place)))
                .filter(found -> found.state().lanes().containsKey(lead.id()))
                .next()
                .defaultIfEmpty(lead);
    }

    /** Where an id's way leads over several visitors, it leads straight to the last of them from now on. */
    private Mono<Void> shorten(Hop hop, Identity id) {
        var way = hop.before();
        if (way.size() < 2 || !way.get(0).equals(VisitorKey.of(id))) {
            return Mono.empty();
        }
        return Scripts.SHORTEN
                .run(redis, new byte[][] {keys.visitor(way.get(0))}, new byte[][] {
                    StateCodec.pointerTo(way.get(1)), StateCodec.pointerTo(hop.at())
                })
                .then();
    }

    /**
     * Links are written before the visitor; one whose writer then lost to another person leads to the wrong visitor. Nothing
     * was ever counted through it, so it is taken away.
     */
    private Mono<Lead> forget(Identity id, Hop hop) {
        var own = VisitorKey.of(id);
        return Scripts.UNLINK
                .run(redis, new byte[][] {keys.visitor(own)}, new byte[][] {StateCodec.pointerTo(hop.at())})
                .then(getBoth(own))
                .map(place -> new Lead(id, own, own, place.nobody(id), false, null, hop.erasedMillis()));
    }

    /** Whether {@code id} may name this visitor: a device may, and a person where nobody else has signed in. */
    private static boolean mayBe(Identity id, VisitorState state) {
        return id.kind() != IdKind.USER || state.lanes().containsKey(id) || state.userId() == null;
    }

    /** What stands at a place: a visitor, a pointer or nothing, and what is left of the last one there. */
    private static final class Place {
        private final byte @Nullable [] blob;
        private final Left left;

        Place(byte @Nullable [] blob, Left left) {
            this.blob = blob;
            this.left = left;
        }

        VisitorState nobody(Identity id) {
            return left.on(VisitorState.UNSEEN, id);
        }
    }

    private Mono<Place> getBoth(VisitorKey key) {
        return redis.run(commands -> commands.mget(keys.visitor(key), keys.left(key)))
                .map(values -> new Place(
                        values.get(0).getValueOrElse(null),
                        values.get(1).hasValue() ? Left.of(values.get(1).getValue()) : Left.NOTHING));
    }

    private Mono<byte[]> get(VisitorKey key) {
        return redis.run(commands -> commands.get(keys.visitor(key)));
    }
}
