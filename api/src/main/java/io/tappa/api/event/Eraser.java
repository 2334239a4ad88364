package io.tappa.api.event;

import io.tappa.api.store.FusedId;
import io.tappa.api.store.Home;
import io.tappa.api.store.SaveResult;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWrite;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.StageCounts;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Forgets a visitor: state, ids, logs, ledger and timers, wherever profiles that were joined left them.
 *
 * <p>The state goes last, in the same write as its counters: whoever dies before that leaves a visitor who can be forgotten
 * again.
 */
public final class Eraser {
    private final VisitorStore visitors;
    private final VisitorNews news;
    private final Joiner joiner;
    private final VisitorPlaces places;
    private final Elsewhere elsewhere;

    /** Forgets what somebody known at some places has elsewhere; may be done again. */
    @FunctionalInterface
    interface Elsewhere {
        /** Forgets it. */
        Mono<Void> forget(Collection<VisitorKey> places);
    }

    Eraser(VisitorStore visitors, VisitorNews news, Elsewhere elsewhere) {
        this.elsewhere = elsewhere;
        this.visitors = visitors;
        this.news = news;
        this.joiner = new Joiner(visitors, news);
        this.places = new VisitorPlaces(visitors);
    }

    /** Erases the visitor as of {@code nowMillis}: older events of the ids stay out. False when somebody was faster. */
    public Mono<Boolean> erase(PackSnapshot pack, Home home, long nowMillis) {
        return joiner.finishPartingsOf(pack, home)
                .then(forget(home, VisitorState.forgotten(0, nowMillis), Transitions.end(home.state()), List.of()));
    }

    /** Forgets a visitor whose visit has ended, but for what they denied. False when somebody was faster. */
    Mono<Boolean> forget(Home home) {
        var left = home.state().forgotten(home.state().version());
        return forget(home, left, Transitions.end(home.state()), List.of());
    }

    /** The same, with the places of {@code more} ids, another change of the counters, and what is {@code left} of them. */
    Mono<Boolean> forget(Home home, VisitorState left, StageCounts counts, Collection<Identity> more) {
        return joiner.conclude(home).then(places.ids(home)).flatMap(ids -> {
            var withOthers = withOthers(home, ids);
            return places.of(home, ids, more)
                    .flatMap(all -> elsewhere.forget(all).then(clear(home, all, withOthers, left)))
                    .then(end(home, left, counts))
                    .flatMap(done -> done
                            ? visitors.clear(home.key(), left)
                                    .then(handOn(withOthers))
                                    .thenReturn(true)
                            : Mono.just(false));
        });
    }

    /** The ids that are with somebody else by now. */
    private static List<FusedId> withOthers(Home home, List<FusedId> ids) {
        return ids.stream()
                .filter(id -> id.handedOver() != null && !id.handedOver().to().equals(home.key()))
                .toList();
    }

    private Mono<Void> clear(Home home, List<VisitorKey> all, List<FusedId> withOthers, VisitorState left) {
        var theirs = withOthers.stream().map(id -> VisitorKey.of(id.id())).collect(Collectors.toSet());
        return Flux.fromIterable(all)
                .filter(place -> !place.equals(home.key()))
                .concatMap(place -> visitors.clear(place, theirs.contains(place) ? VisitorState.UNSEEN : left))
                .then();
    }

    private Mono<Boolean> end(Home home, VisitorState left, StageCounts counts) {
        if (!home.state().isKept()) {
            return Mono.just(true);
        }
        return visitors.save(VisitorWrite.end(home.key(), home.state(), left, counts))
                .map(saved -> {
                    news.changed(home.key());
                    return saved instanceof SaveResult.Saved;
                });
    }

    /** Ids that went to somebody else stay with them. */
    private Mono<Void> handOn(List<FusedId> withOthers) {
        return Flux.fromIterable(withOthers)
                .concatMap(id -> Mono.justOrEmpty(id.handedOver())
                        .flatMap(handOver -> visitors.link(List.of(id.id()), handOver.to())))
                .then();
    }
}
