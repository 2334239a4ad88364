package io.tappa.engine.visitor;

import io.tappa.engine.fact.Circumstances.InStage;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.journey.Journey;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;
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

    /** The stage in {@code journey}: the present one, or null for somebody who has not entered it or has left it. */
    public @Nullable String stage(String journey) {
        var in = byJourney.get(journey);
        return in == null || !in.isInside() ? null : in.stage();
    }

    /** The positions after {@code event} and its steps. */
    public Positions after(RecentEvent event) {
        return after(event.steps(), event.lane());
    }

    /** The positions after {@code steps} that were made under {@code lane}. */
    public Positions after(List<Step> steps, Identity lane) {
        if (steps.isEmpty()) {
            return this;
        }
        var next = new TreeMap<>(byJourney);
        for (var step : steps) {
            var entry = new InJourney.Entry(step.stage(), step.atMillis(), step.event(), step.move(), lane);
            next.compute(step.journey(), (key, before) -> before == null ? InJourney.begun(entry) : before.plus(entry));
        }
        return new Positions(next);
    }

    /** Both as one; {@code rank} tells, for a journey, how far along a stage is. */
    public Positions join(Positions other, Function<String, ToIntFunction<String>> rank) {
        var joined = new TreeMap<>(byJourney);
        other.byJourney.forEach((journey, theirs) ->
                joined.merge(journey, theirs, (ours, added) -> ours.join(added, rank.apply(journey))));
        return new Positions(joined);
    }

    /** What is left without what happened under {@code lanes}. */
    public Positions without(Set<Identity> lanes) {
        return each(in -> in.without(lanes));
    }

    /** The same where {@code lanes} are no longer told apart. */
    public Positions fused(Set<Identity> lanes) {
        return each(in -> in.fused(lanes));
    }

    /** What happened under {@code lanes} alone. */
    public Positions of(Set<Identity> lanes) {
        return each(in -> in.of(lanes));
    }

    private Positions each(Function<InJourney, @Nullable InJourney> part) {
        var parts = new TreeMap<String, InJourney>();
        byJourney.forEach((journey, in) -> {
            var some = part.apply(in);
            if (some != null) {
                parts.put(journey, some);
            }
        });
        return new Positions(parts);
    }

    /** What facts may know of it: a visitor not yet in a journey is judged as if in its start. */
    public SortedMap<String, InStage> judgedIn(Collection<Journey> journeys) {
        var stages = new TreeMap<String, InStage>();
        for (var journey : journeys) {
            var in = byJourney.get(journey.key());
            stages.put(
                    journey.key(),
                    in == null || !in.isInside()
                            ? new InStage(
                                    journey.start(), FactValues.UNKNOWN, in == null ? new TreeSet<>() : in.reached())
                            : new InStage(in.stage(), in.sinceMillis(), in.reached()));
        }
        return stages;
    }
}
