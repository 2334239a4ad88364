package io.tappa.engine.simulation;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.simulation.TrafficSummary.JourneyCount;
import io.tappa.engine.transition.Reception;
import io.tappa.engine.transition.StageCounts;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Traffic through the engine on a virtual clock: an event arrives when it happened. The same code as in the service, with
 * a map in place of the store.
 */
public final class Simulation {
    private final PackSnapshot pack;
    private final Map<Identity, VisitorState> visitors = new HashMap<>();
    private final SortedMap<String, SortedMap<String, Long>> counters = new TreeMap<>();
    private long unique;
    private long duplicates;
    private long refused;

    /** A simulation of {@code pack}, with nobody in it. */
    public Simulation(PackSnapshot pack) {
        this.pack = pack;
    }

    /** Lets one event happen. */
    public void accept(VisitorEvent event) {
        var id = event.ids().lane();
        var before = visitors.getOrDefault(id, VisitorState.UNSEEN);
        var transition = Transitions.apply(pack, before, List.of(event), event.atMillis(), Set.of());
        visitors.put(id, transition.state());
        if (transition.receptions().contains(Reception.DUPLICATE)) {
            duplicates++;
        } else {
            unique++;
        }
        transition.counts().byJourney().forEach((journey, changes) -> {
            var counted = counters.computeIfAbsent(journey, key -> new TreeMap<>());
            changes.forEach((counter, change) -> counted.merge(counter, change, Long::sum));
        });
    }

    /** Notes an event that could not be read. */
    public void refuse() {
        refused++;
    }

    /** Everybody seen so far, by the id they came under. */
    public Map<Identity, VisitorState> visitors() {
        return Collections.unmodifiableMap(visitors);
    }

    /** What happened so far. */
    public TrafficSummary summary() {
        var journeys = new TreeMap<String, JourneyCount>();
        for (var journey : pack.journeys()) {
            var counted = counters.getOrDefault(journey.key(), Collections.emptySortedMap());
            journeys.put(journey.key(), count(journey.stageKeys(), counted));
        }
        return new TrafficSummary(unique, duplicates, refused, visitors.size(), journeys);
    }

    /** Sorts the counters of one journey into stages and moves. */
    public static JourneyCount count(List<String> stages, SortedMap<String, Long> counters) {
        var byStage = new TreeMap<String, Long>();
        stages.forEach(stage -> byStage.put(stage, counters.getOrDefault(stage, 0L)));
        var moves = new TreeMap<String, Long>();
        counters.forEach((counter, count) -> {
            if (counter.contains(StageCounts.TO) && count != 0) {
                moves.put(counter, count);
            }
        });
        return new JourneyCount(byStage, moves);
    }
}
