package io.tappa.api.event;

import io.tappa.api.store.FusedId;
import io.tappa.api.store.Home;
import io.tappa.api.store.VisitorStore;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds all places where something of a visitor may be: where the visitor lives, and the places of the visitor's ids that lead
 * there, among them those of visitors who were joined.
 */
public final class VisitorPlaces {
    private final VisitorStore visitors;

    /** Looks in {@code visitors}. */
    public VisitorPlaces(VisitorStore visitors) {
        this.visitors = visitors;
    }

    /** All ids of the visitor: those told apart, then those that no longer are. */
    Mono<List<FusedId>> ids(Home home) {
        var apart = FusedId.of(home.state());
        var shared = home.state().hasFused() ? visitors.fused(home.key()) : Mono.just(List.<FusedId>of());
        return shared.map(fused -> {
            var all = new ArrayList<>(apart.values());
            fused.stream().filter(known -> !apart.containsKey(known.id())).forEach(all::add);
            return all;
        });
    }

    /** The visitor's own place first, then the others. */
    public Mono<List<VisitorKey>> of(Home home) {
        return ids(home).flatMap(ids -> of(home, ids, List.of()));
    }

    /** The same where {@code ids} of the visitor are known, looking at the places of {@code more} ids as well. */
    Mono<List<VisitorKey>> of(Home home, List<FusedId> ids, Collection<Identity> more) {
        var candidates = new LinkedHashMap<VisitorKey, Identity>();
        ids.forEach(known -> add(candidates, known.id()));
        more.forEach(id -> add(candidates, id));
        candidates.remove(home.key());
        return Flux.fromIterable(candidates.entrySet())
                .concatMap(place -> leadsTo(home, place))
                .startWith(home.key())
                .collectList();
    }

    private static void add(Map<VisitorKey, Identity> candidates, Identity id) {
        candidates.put(VisitorKey.of(id), id);
        if (id.kind() == IdKind.USER) {
            candidates.put(VisitorKey.second(id), id);
        }
    }

    private Mono<VisitorKey> leadsTo(Home home, Map.Entry<VisitorKey, Identity> place) {
        return visitors.lead(place.getKey(), place.getValue())
                .filter(lead -> lead.key().equals(home.key()))
                .map(lead -> place.getKey());
    }
}
