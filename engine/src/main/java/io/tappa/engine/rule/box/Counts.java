package io.tappa.engine.rule.box;

import io.tappa.engine.fact.Accumulator;
import io.tappa.engine.fact.BasketAccumulator;
import io.tappa.engine.fact.EventFilter;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.NewestAccumulator;
import io.tappa.engine.fact.NewestAccumulator.Kind;
import io.tappa.engine.fact.OrderAccumulator;
import io.tappa.engine.fact.Source;
import io.tappa.engine.rule.box.Values.OfNumbers;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts that hang together: what happened in a day also happened in the week; an empty basket is worth nothing. */
final class Counts {
    private static final Duration EVER = Duration.ofMillis(Long.MAX_VALUE);

    private final Map<Counted, SortedMap<Duration, Variable>> chains = new LinkedHashMap<>();
    private final Map<Object, Variable> pieces = new HashMap<>();
    private final Map<Object, Variable> worths = new LinkedHashMap<>();

    private record Counted(
            EventFilter filter, Kind kind, @Nullable String property) {}

    Counts(Terrain terrain) {
        for (var fact : terrain.facts().facts()) {
            if (fact.source() instanceof Source.Gathered gathered) {
                add(fact, gathered.accumulator(), terrain.variables().of(fact));
            }
        }
        worths.keySet().retainAll(pieces.keySet());
    }

    private void add(Fact fact, Accumulator accumulator, Variable variable) {
        if (accumulator instanceof Accumulator.CountEver ever) {
            chain(new Counted(ever.filter(), Kind.TIMES, null), EVER, variable);
        } else if (accumulator instanceof NewestAccumulator newest
                && (newest.kind() == Kind.TIMES || newest.kind() == Kind.DISTINCT)) {
            var within = newest.within();
            chain(
                    new Counted(newest.filter(), newest.kind(), newest.property()),
                    within == null ? EVER : within,
                    variable);
        } else if (accumulator instanceof BasketAccumulator basket) {
            boolean isWorth = basket.reading() == BasketAccumulator.Reading.VALUE;
            (isWorth ? worths : pieces).put(BasketAccumulator.class, variable);
        } else if (accumulator instanceof OrderAccumulator orders && fact.unit() == null) {
            boolean isWorth = orders.reading() == OrderAccumulator.Reading.VALUE;
            boolean isCount = orders.reading() == OrderAccumulator.Reading.COUNT;
            if (isWorth || isCount) {
                (isWorth ? worths : pieces).put(OrderAccumulator.class, variable);
            }
        }
    }

    private void chain(Counted counted, Duration within, Variable variable) {
        chains.computeIfAbsent(counted, anew -> new TreeMap<>()).put(within, variable);
    }

    /** A number for every count, so that all fit together and lie within {@code area}; null when there are none. */
    @Nullable
    SortedMap<Variable, Long> in(Area area) {
        var numbers = new TreeMap<Variable, Long>();
        for (var chain : chains.values()) {
            long floor = 0;
            for (var variable : chain.values()) {
                floor = ((OfNumbers) area.values(variable)).lowestFrom(floor);
                if (floor == FactValues.UNKNOWN) {
                    return null;
                }
                numbers.put(variable, floor);
            }
        }
        return addPieces(area, numbers) ? numbers : null;
    }

    private boolean addPieces(Area area, SortedMap<Variable, Long> numbers) {
        for (var entry : worths.entrySet()) {
            var worth = entry.getValue();
            var piece = pieces.getOrDefault(entry.getKey(), worth);
            if (area.limits().containsKey(piece) || area.limits().containsKey(worth)) {
                boolean isWorthless = ((OfNumbers) area.values(worth)).any() == 0;
                long number = ((OfNumbers) area.values(piece)).lowestFrom(isWorthless ? 0 : 1);
                if (number == FactValues.UNKNOWN) {
                    return false;
                }
                numbers.put(piece, number);
            }
        }
        return true;
    }
}
