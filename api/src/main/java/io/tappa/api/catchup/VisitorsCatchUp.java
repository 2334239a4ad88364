package io.tappa.api.catchup;

import io.tappa.api.event.LoggedEvent;
import io.tappa.api.event.VisitorPlaces;
import io.tappa.api.store.FusedId;
import io.tappa.api.store.Home;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.SaveResult;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWrite;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.StageCounts;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lets one visitor catch up with a pack: what it reads is gathered from the log, and the timer is set as it says. */
final class VisitorsCatchUp {
    /** So far back every log reaches, unless it was cut. */
    static final Duration REACH = Duration.ofDays(2);

    private static final int MOST_TRIES = 10;

    private final VisitorStore visitors;
    private final VisitorPlaces places;

    VisitorsCatchUp(VisitorStore visitors) {
        this.visitors = visitors;
        this.places = new VisitorPlaces(visitors);
    }

    /**
     * What became of one visitor.
     *
     * @param changed whether anything was written
     * @param cut whether the log held less than happened
     */
    record Outcome(boolean changed, boolean cut) {}

    Mono<Outcome> catchUp(PackSnapshot pack, Home home, SortedSet<Integer> slots) {
        return catchUp(pack, home, slots, MOST_TRIES);
    }

    private Mono<Outcome> catchUp(PackSnapshot pack, Home home, SortedSet<Integer> slots, int tries) {
        return slots.isEmpty()
                ? save(pack, home, home.state(), slots, false, tries)
                : logOf(home).flatMap(log -> {
                    var events = log.stream()
                            .map(LoggedEvent::of)
                            .filter(Objects::nonNull)
                            .<VisitorEvent>map(event -> event)
                            .toList();
                    var filled = Transitions.backfill(pack, home.state(), events, slots);
                    return save(pack, home, filled, slots, log.size() >= VisitorStore.MOST_LINES, tries);
                });
    }

    private Mono<List<LogLine>> logOf(Home home) {
        return places.of(home)
                .flatMapMany(Flux::fromIterable)
                .concatMap(visitors::log)
                .concatMapIterable(lines -> lines)
                .collectList();
    }

    private Mono<Outcome> save(
            PackSnapshot pack, Home home, VisitorState filled, SortedSet<Integer> slots, boolean cut, int tries) {
        var next = Transitions.rearm(pack, filled);
        if (next.version() == home.state().version()) {
            return Mono.just(new Outcome(false, cut));
        }
        var write = new VisitorWrite(
                home.key(),
                home.state(),
                next,
                new StageCounts(new TreeMap<>()),
                List.of(),
                List.of(),
                List.of(),
                false);
        return visitors.save(write.fusing(FusedId.of(home.state()).values()))
                .flatMap(saved -> saved instanceof SaveResult.Saved
                        ? Mono.just(new Outcome(true, cut))
                        : again(pack, home.key(), slots, tries));
    }

    /** Somebody was faster, or the visitor has moved. */
    private Mono<Outcome> again(PackSnapshot pack, VisitorKey key, SortedSet<Integer> slots, int tries) {
        return tries == 0
                ? Mono.error(new StoreUnavailable("lost every race for one visitor"))
                : visitors.at(key).flatMap(home -> catchUp(pack, home, slots, tries - 1));
    }
}
