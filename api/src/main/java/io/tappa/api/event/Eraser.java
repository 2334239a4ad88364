package io.tappa.api.event;

import io.tappa.api.store.Home;
import io.tappa.api.store.SaveResult;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWrite;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.transition.StageCounts;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.Merge;
import io.tappa.engine.visitor.VisitorState;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Forgets a visitor: state, ids, logs, ledger and timers, wherever profiles that were joined left them.
 *
 * <p>The state goes first, in the same write as its counters; what is left after a crash leads nowhere, and erasing again
 * takes it away.
 */
public final class Eraser {
    private final VisitorStore visitors;
    private final VisitorNews news;

    Eraser(VisitorStore visitors, VisitorNews news) {
        this.visitors = visitors;
        this.news = news;
    }

    /** Erases the visitor as of {@code nowMillis}: older events of the ids stay out. False when somebody was faster. */
    public Mono<Boolean> erase(Home home, long nowMillis) {
        return end(home, VisitorState.forgotten(0, nowMillis), Transitions.end(home.state()));
    }

    /** Takes the visitor away but for what is {@code left}, and out of the counters. False when somebody was faster. */
    Mono<Boolean> end(Home home, VisitorState left, StageCounts counts) {
        return save(home, left, counts)
                .flatMap(saved -> saved instanceof SaveResult.Saved
                        ? clear(home, List.of(), left).thenReturn(true)
                        : Mono.just(false));
    }

    /** Takes the state away, and it out of the counters. */
    Mono<SaveResult> save(Home home, VisitorState left, StageCounts counts) {
        return visitors.save(VisitorWrite.end(home.key(), home.state(), left, counts))
                .doOnNext(saved -> news.changed(home.key()));
    }

    /** Takes away what else there is of the visitor, and of {@code more} ids; each of them keeps what is {@code left}. */
    Mono<Void> clear(Home home, Collection<Identity> more, VisitorState left) {
        var visitorPlaces = new LinkedHashSet<VisitorKey>();
        visitorPlaces.add(home.key());
        home.state().merges().stream().filter(Merge::holds).map(Merge::other).forEach(visitorPlaces::add);
        var places = new LinkedHashSet<>(visitorPlaces);
        home.state().lanes().forEach((id, lane) -> {
            if (lane.handedOver() == null) {
                places.add(VisitorKey.of(id));
            }
        });
        more.stream().map(VisitorKey::of).forEach(places::add);
        return Flux.fromIterable(places)
                .concatMap(place -> visitors.clear(place, List.copyOf(visitorPlaces), left))
                .then();
    }
}
