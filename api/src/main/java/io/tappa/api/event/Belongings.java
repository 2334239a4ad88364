package io.tappa.api.event;

import io.tappa.api.body.Body;
import io.tappa.api.store.Home;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.VisitorStore;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.Step;
import io.tappa.engine.visitor.VisitorState.Departing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lets whoever leaves a visitor take along their lines of log and ledger, so that no line is where it does not belong. */
final class Belongings {
    private final VisitorStore visitors;
    private final VisitorPlaces places;

    Belongings(VisitorStore visitors) {
        this.visitors = visitors;
        this.places = new VisitorPlaces(visitors);
    }

    /** What leaves one place, as it is there, and as it is to be in the log of those who leave. */
    private record Leaving(VisitorKey place, List<LogLine> log, List<LogLine> theirs, List<String> ledger) {}

    /** Settles {@code departing} with all lines that are theirs, and takes these away here. Safe to repeat. */
    Mono<Void> part(Home home, Departing departing) {
        return places.of(home)
                .flatMapMany(Flux::fromIterable)
                .concatMap(place -> leaving(place, departing))
                .collectList()
                .flatMap(all -> settle(departing, all)
                        .thenMany(Flux.fromIterable(all))
                        .concatMap(some -> visitors.drop(some.place(), some.log(), some.ledger()))
                        .then());
    }

    private Mono<Leaving> leaving(VisitorKey place, Departing departing) {
        var lanes = departing.state().lanes().keySet();
        return visitors.log(place).zipWith(visitors.ledger(place), (log, ledger) -> {
            var gone = new ArrayList<LogLine>();
            var theirs = new ArrayList<LogLine>();
            for (var line : log) {
                var lane = lane(line, place, lanes);
                if (lane != null) {
                    gone.add(line);
                    theirs.add(line.of(lane, departing.to()));
                }
            }
            return new Leaving(
                    place,
                    gone,
                    theirs,
                    ledger.stream()
                            .filter(line -> isJoint(line) || isOf(line, lanes))
                            .toList());
        });
    }

    private static @Nullable Identity lane(LogLine line, VisitorKey place, Set<Identity> lanes) {
        for (var lane : lanes) {
            if (LogLine.owner(lane, place).equals(line.owner())) {
                return lane;
            }
        }
        return null;
    }

    private static boolean isOf(String line, Set<Identity> lanes) {
        var json = Body.parsed(line);
        return lanes.stream()
                .anyMatch(id -> id.value().equals(json.path(id.kind().key()).asText(null)));
    }

    /** Nobody made that move alone. */
    private static boolean isJoint(String line) {
        return Body.parsed(line).path("move").asText().equals(Step.JOINED);
    }

    private Mono<Void> settle(Departing departing, List<Leaving> all) {
        var log = all.stream().flatMap(some -> some.theirs().stream()).toList();
        var ledger = all.stream()
                .flatMap(some -> some.ledger().stream())
                .filter(line -> !isJoint(line))
                .toList();
        return visitors.settle(departing.to(), departing.state(), log, ledger);
    }
}
