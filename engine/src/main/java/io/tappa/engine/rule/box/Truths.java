package io.tappa.engine.rule.box;

import io.tappa.engine.fact.Accumulator;
import io.tappa.engine.fact.EventFilter;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.NewestAccumulator;
import io.tappa.engine.fact.NewestAccumulator.Kind;
import io.tappa.engine.fact.Source;
import io.tappa.engine.journey.After;
import io.tappa.engine.rule.box.Values.OfNumbers;
import io.tappa.engine.rule.box.Values.OfWords;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is true of everybody at a spot: an event that happens is counted, and after a silence short windows are empty. */
final class Truths {
    private final Terrain terrain;
    private final Spot spot;
    private Region everybody = Region.ALL;

    private Truths(Terrain terrain, Spot spot) {
        this.terrain = terrain;
        this.spot = spot;
    }

    /** Everybody who can be at {@code spot}. */
    static Region at(Terrain terrain, Spot spot) {
        var truths = new Truths(terrain, spot);
        for (var fact : terrain.facts().facts()) {
            if (fact.source() instanceof Source.Gathered gathered) {
                truths.add(fact, gathered.accumulator());
            }
        }
        return truths.everybody;
    }

    private void add(Variable variable, @Nullable Values values) {
        if (values != null) {
            everybody = everybody.and(Region.of(Area.of(variable, values)));
        }
    }

    private void add(Fact fact, Accumulator accumulator) {
        var after = spot.after();
        var variable = terrain.variables().of(fact);
        if (after == null) {
            add(variable, withEvent(fact, accumulator));
        } else if (after.since() == After.Since.LAST_EVENT) {
            add(variable, inSilence(fact, accumulator, after.length().toMillis()));
        }
    }

    /** What the event that just happened leaves possible, or null where it says nothing. */
    private @Nullable Values withEvent(Fact fact, Accumulator accumulator) {
        if (accumulator instanceof Accumulator.CountEver count && counts(count.filter())) {
            return OfNumbers.between(1, Long.MAX_VALUE);
        }
        if (accumulator instanceof NewestAccumulator newest && newest.kind() == Kind.TIMES && counts(newest.filter())) {
            return OfNumbers.between(1, Long.MAX_VALUE);
        }
        boolean justNow = isTimeSince(fact, accumulator)
                && accumulator instanceof Accumulator.Edge edge
                && !edge.earliest()
                && counts(edge.filter());
        return justNow ? OfNumbers.between(0, 0) : null;
    }

    private boolean counts(EventFilter filter) {
        return filter.where().isEmpty()
                && (filter.event() == null || filter.event().equals(spot.event()));
    }

    private static boolean isTimeSince(Fact fact, Accumulator accumulator) {
        return fact.type() != FactType.DATE && Variables.isTimeSince(accumulator);
    }

    private @Nullable Values inSilence(Fact fact, Accumulator accumulator, long millis) {
        if (isTimeSince(fact, accumulator)) {
            return OfNumbers.between(millis, Long.MAX_VALUE).orUnknown();
        }
        boolean isPast = accumulator instanceof NewestAccumulator newest
                && newest.within() != null
                && newest.within().toMillis() <= millis;
        if (!isPast) {
            return null;
        }
        if (!fact.type().isNumeric()) {
            return OfWords.of(List.of()).orUnknown();
        }
        long none = terrain.variables().numberOfNobody(fact);
        return none == FactValues.UNKNOWN ? OfNumbers.between(1, 0).orUnknown() : OfNumbers.between(none, none);
    }
}
