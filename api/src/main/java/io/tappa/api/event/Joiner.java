package io.tappa.api.event;

import io.tappa.api.store.FusedId;
import io.tappa.api.store.Home;
import io.tappa.api.store.Lead;
import io.tappa.api.store.Moving;
import io.tappa.api.store.SaveResult;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWrite;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.Merging;
import io.tappa.engine.transition.StageCounts;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.Lane;
import io.tappa.engine.visitor.Lane.HandOver;
import io.tappa.engine.visitor.Merge;
import io.tappa.engine.visitor.VisitorState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Joins visitors who live in different shards, and parts them again: step by step, each step safe to repeat, so that
 * whoever comes by finishes what somebody else began.
 *
 * <p>Joining: the one with the greater key is frozen; the other takes in what is frozen; the frozen place becomes a pointer.
 * All joins go from greater to smaller keys, so that they never wait for one another in a circle. Parting: the visitor
 * writes down who leaves; their place holds them again; the visitor forgets them.
 */
final class Joiner {
    private static final StageCounts NO_COUNTS = new StageCounts(new TreeMap<>());
    private static final int ID = 16;

    private final VisitorStore visitors;
    private final VisitorNews news;
    private final Belongings belongings;

    Joiner(VisitorStore visitors, VisitorNews news) {
        this.visitors = visitors;
        this.news = news;
        this.belongings = new Belongings(visitors);
    }

    /** Begins to join {@code one} and {@code other}; whoever looks at them next finishes it. False when somebody was faster. */
    Mono<Boolean> begin(Home one, Home other, long atMillis, String because) {
        boolean oneLeaves = one.key().compareTo(other.key()) > 0;
        var leaves = oneLeaves ? one : other;
        var stays = oneLeaves ? other : one;
        return visitors.freeze(leaves.key(), leaves.state(), new Moving(stays.key(), atMillis, because));
    }

    /** Finishes the join or the parting that {@code lead} is in the middle of; false when somebody was faster. */
    Mono<Boolean> finish(PackSnapshot pack, Lead lead) {
        var moving = lead.moving();
        if (moving != null) {
            return visitors.lead(moving.into(), lead.id()).flatMap(into -> takeIn(pack, lead, moving, into));
        }
        var departing = lead.state().departing();
        var home = new Home(lead.key(), lead.state());
        return departing == null
                ? Mono.just(true)
                : belongings.part(home, departing).then(save(home, lead.state().departed(), NO_COUNTS));
    }

    private Mono<Boolean> takeIn(PackSnapshot pack, Lead from, Moving moving, Lead into) {
        if (into.isUnfinished()) {
            return finish(pack, into);
        }
        return conclude(new Home(from.key(), from.state()))
                .then(isTaken(from, moving, into) ? Mono.empty() : conclude(new Home(into.key(), into.state())))
                .then(Mono.defer(() -> joinInto(pack, from, moving, into)));
    }

    private static boolean isTaken(Lead from, Moving moving, Lead into) {
        var id = merge(from, moving).id();
        return into.state().merges().stream().anyMatch(known -> known.id().equals(id));
    }

    private Mono<Boolean> joinInto(PackSnapshot pack, Lead from, Moving moving, Lead into) {
        var merge = merge(from, moving);
        if (isTaken(from, moving, into)) {
            return visitors.leave(from.key(), from.state(), into.key()).thenReturn(true);
        }
        var joined = Merging.join(pack, into.state(), from.state(), merge);
        var write = new VisitorWrite(
                into.key(),
                into.state(),
                joined.state(),
                joined.counts(),
                List.of(),
                List.of(),
                Ledger.lines(joined.settled()),
                false);
        return known(from, into)
                .flatMap(known -> save(write.fusing(known)))
                .flatMap(saved -> saved
                        ? visitors.leave(from.key(), from.state(), into.key()).thenReturn(true)
                        : Mono.just(false));
    }

    /**
     * Whoever died at the end of the visitor's newest merge left a frozen place behind; it becomes a pointer before anything
     * else happens that depends on it. So at most one place is left like that, and the newest merge tells which.
     */
    Mono<Void> conclude(Home home) {
        var merges = home.state().merges();
        if (merges.isEmpty()) {
            return Mono.empty();
        }
        var last = merges.get(merges.size() - 1);
        return visitors.lead(last.other(), firstId(home.state()))
                .filter(lead -> lead.key().equals(last.other()))
                .flatMap(lead -> {
                    var moving = lead.moving();
                    return moving != null && merge(lead, moving).id().equals(last.id())
                            ? visitors.leave(lead.key(), lead.state(), home.key())
                            : Mono.empty();
                });
    }

    /** Finishes partings in which {@code home} was lifted out, so that nothing of it is left with the others. */
    Mono<Void> finishPartingsOf(PackSnapshot pack, Home home) {
        return Flux.fromIterable(home.state().merges())
                .filter(merge -> !merge.holds())
                .concatMap(merge -> visitors.lead(merge.other(), firstId(home.state())))
                .filter(Lead::isUnfinished)
                .concatMap(lead -> finish(pack, lead))
                .then();
    }

    /** What a lane says of an id comes last: it is newer than what was noted of that id before. */
    private Mono<List<FusedId>> known(Lead from, Lead into) {
        var known = FusedId.of(into.state());
        FusedId.of(from.state()).forEach(known::putIfAbsent);
        var apart = List.copyOf(known.values());
        return from.state().hasFused()
                ? visitors.fused(from.key())
                        .map(fused ->
                                Stream.concat(fused.stream(), apart.stream()).toList())
                : Mono.just(apart);
    }

    /** The same for everybody who finishes it: it follows from what is frozen. */
    private static Merge merge(Lead from, Moving moving) {
        var name = from.key().text() + ":" + from.state().version();
        var id = Hashes.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, ID);
        return new Merge(id, from.key(), ids(from.state()), moving.atMillis(), moving.because(), null);
    }

    /** None where ids are no longer told apart: then the merge is for good. */
    private static List<Identity> ids(VisitorState state) {
        return state.hasFused() ? List.of() : List.copyOf(state.lanes().keySet());
    }

    private Mono<Boolean> save(Home home, VisitorState state, StageCounts counts) {
        return save(write(home, state, counts));
    }

    private static VisitorWrite write(Home home, VisitorState state, StageCounts counts) {
        return new VisitorWrite(home.key(), home.state(), state, counts, List.of(), List.of(), List.of(), false);
    }

    private Mono<Boolean> save(VisitorWrite write) {
        return visitors.save(write).map(saved -> {
            news.changed(write.key());
            return saved instanceof SaveResult.Saved;
        });
    }

    /** Takes a merge back; false when somebody was faster and it must be tried again. */
    Mono<Boolean> part(PackSnapshot pack, Home home, Merge merge, long nowMillis) {
        return conclude(home).then(Mono.defer(() -> begin(pack, home, merge, nowMillis)));
    }

    private Mono<Boolean> begin(PackSnapshot pack, Home home, Merge merge, long nowMillis) {
        var parted = Merging.part(pack, home.state(), merge, nowMillis);
        var mark = new Merge(merge.id(), home.key(), List.of(), merge.atMillis(), "", nowMillis);
        var leaves = parted.leaves();
        var merges = new ArrayList<>(leaves.merges());
        merges.add(mark);
        var leaving = new VisitorState(
                leaves.version(),
                leaves.lanes(),
                leaves.positions(),
                leaves.window(),
                leaves.seen(),
                leaves.memory(),
                merges,
                leaves.armedMillis(),
                leaves.forgottenMillis(),
                null);
        var stays = parted.stays().departing(new VisitorState.Departing(merge.other(), leaving));
        return save(home, stays, parted.counts())
                .flatMap(saved -> saved
                        ? finish(pack, new Lead(firstId(stays), home.key(), home.key(), stays, true, null, 0))
                                .thenReturn(true)
                        : Mono.just(false));
    }

    private static Identity firstId(VisitorState state) {
        return state.lanes().firstKey();
    }

    /** Lets an id lead to {@code to} from now on; the visitor who had it keeps what happened before. */
    Mono<Boolean> handOver(PackSnapshot pack, Lead lead, VisitorKey to, long atMillis) {
        return visitors.at(lead.holder())
                .flatMap(holder -> mark(pack, holder, lead.id(), new HandOver(to, atMillis)))
                .defaultIfEmpty(false);
    }

    /** The newest hand-over counts, whatever arrives first. */
    private Mono<Boolean> mark(PackSnapshot pack, Home holder, Identity id, HandOver handOver) {
        return lane(holder, id)
                .filter(lane -> {
                    var known = lane.handedOver();
                    return known == null || known.atMillis() < handOver.atMillis();
                })
                .flatMap(lane -> {
                    var marked = holder.state().with(id, lane.handOver(handOver));
                    var write = write(holder, Transitions.bounded(pack, marked), NO_COUNTS);
                    return save(write.fusing(FusedId.of(marked).values()));
                })
                .defaultIfEmpty(true);
    }

    /** What the holder knows of the id, or empty where it is none of the holder's. */
    private Mono<Lane> lane(Home holder, Identity id) {
        var lane = holder.state().lanes().get(id);
        if (lane != null || !holder.state().hasFused()) {
            return Mono.justOrEmpty(lane);
        }
        return visitors.fused(holder.key(), id)
                .map(fused -> Lane.EMPTY.handOver(fused.handedOver()))
                .defaultIfEmpty(Lane.EMPTY);
    }
}
