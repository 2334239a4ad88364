package io.tappa.engine.visitor;

import io.tappa.engine.fact.Circumstances.InStage;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.journey.Journey;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a visitor is, in all journeys.
 *
 * @param byJourney position by journey; journeys not yet entered are missing
 */
public record Positions(SortedMap<String, InJourney> byJourney) {
    /** Nowhere yet. */
    public static final Positions NONE = new Positions(new TreeMap<>());

    public Positions {
        byJourney = Collections.unmodifiableSortedMap(new TreeMap<>(byJourney));
    }

    /** The position in {@code journey}, or null. */
    public @Nullable InJourney in(String journey) {
        return byJourney.get(journey);
    }

    /** The positions after {@code event} and its steps. */
    public Positions after(RecentEvent event) {
        if (event.steps().isEmpty()) {
            return this;
        }
        var next = new TreeMap<>(byJourney);
        for (var step : event.steps()) {
            var entry = new InJourney.Entry(step.stage(), event.atMillis(), event.name(), step.move());
            next.compute(step.journey(), (key, before) -> before == null ? InJourney.begun(entry) : before.plus(entry));
        }
        return new Positions(next);
    }

    /** What facts may know of it: a visitor not yet in a journey is judged as if in its start. */
    public SortedMap<String, InStage> judgedIn(Collection<Journey> journeys) {
        var stages = new TreeMap<String, InStage>();
        for (var journey : journeys) {
            var in = byJourney.get(journey.key());
            stages.put(
                    journey.key(),
                    in == null
                            ? new InStage(journey.start(), FactValues.UNKNOWN, new TreeSet<>())
                            : new InStage(in.stage(), in.sinceMillis(), in.reached()));
        }
        return stages;
    }
}
