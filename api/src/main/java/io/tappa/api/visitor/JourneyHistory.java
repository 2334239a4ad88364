package io.tappa.api.visitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.event.Ledger;
import io.tappa.api.event.VisitorPlaces;
import io.tappa.api.store.Home;
import io.tappa.api.store.VisitorStore;
import io.tappa.engine.visitor.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every move of a visitor in one journey: those that are final from the ledger, the newest from the state. */
final class JourneyHistory {
    /** Of one moment, what joined profiles comes last. */
    private static final Comparator<ObjectNode> OLDEST_FIRST = Comparator.comparing(
                    (ObjectNode line) -> Instant.parse(line.path("at").asText()))
            .thenComparing(line -> line.path("move").asText().equals(Step.JOINED));

    private final VisitorStore visitors;
    private final VisitorPlaces places;

    JourneyHistory(VisitorStore visitors) {
        this.visitors = visitors;
        this.places = new VisitorPlaces(visitors);
    }

    /** The moves, oldest first; those of profiles that were joined included, those of ids that left again not. */
    Mono<List<ObjectNode>> of(Home home, String journey) {
        return places.of(home)
                .flatMapMany(Flux::fromIterable)
                .flatMapSequential(visitors::ledger)
                .flatMapIterable(lines -> lines)
                .concatWith(Flux.fromIterable(Ledger.lines(home.state().window().recent())))
                .map(Body::parsed)
                .filter(line -> line.path("journey").asText().equals(journey))
                .collectSortedList(OLDEST_FIRST)
                .map(lines -> silence(home, journey, lines));
    }

    private static List<ObjectNode> silence(Home home, String journey, List<ObjectNode> lines) {
        var all = new ArrayList<>(lines);
        for (var step : home.state().window().silence()) {
            if (step.journey().equals(journey)) {
                all.add(Ledger.line(step, home.state().lastLane()));
            }
        }
        return all;
    }
}
