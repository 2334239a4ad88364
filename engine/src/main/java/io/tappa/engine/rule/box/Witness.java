package io.tappa.engine.rule.box;

import io.tappa.engine.fact.AnswerAccumulator;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.Circumstances.InStage;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.Source;
import io.tappa.engine.journey.After;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.rule.box.Values.OfNumbers;
import io.tappa.engine.rule.box.Values.OfWords;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Somebody out of a region: one value for everything that may differ. */
public final class Witness {
    private final Terrain terrain;
    private final Area area;
    private final SortedMap<Variable, Long> counts;

    private Witness(Terrain terrain, Area area, SortedMap<Variable, Long> counts) {
        this.terrain = terrain;
        this.area = area;
        this.counts = counts;
    }

    /** Somebody out of each area of {@code region} in which there can be anybody whose counts fit together. */
    public static Stream<Witness> of(Region region, Terrain terrain) {
        var related = new Counts(terrain);
        return region.areas().stream().flatMap(area -> {
            var counts = related.in(area);
            return counts == null ? Stream.empty() : Stream.of(new Witness(terrain, area, counts));
        });
    }

    /** What rules see of them at {@code spot}. */
    public FactValues at(Spot spot) {
        if (spot.standing() == Spot.Standing.NEWCOMER) {
            return at(spot, Set.of());
        }
        var reached = reached(terrain.journey());
        if (spot.isInside()) {
            reached.add(spot.stage());
        }
        return at(spot, reached);
    }

    /** What rules see of them at {@code spot} when they have reached just these stages of the journey. */
    public FactValues at(Spot spot, Set<String> reached) {
        var own = new InStage(
                spot.stage(), spot.isInside() ? since(passed(spot)) : FactValues.UNKNOWN, new TreeSet<>(reached));
        var stages = new TreeMap<String, InStage>();
        terrain.journeys().forEach(journey -> stages.put(journey.key(), other(journey)));
        stages.put(terrain.journey().key(), own);
        return at(terrain.around(spot, stages));
    }

    private FactValues at(Circumstances around) {
        var moment = terrain.moment(around);
        var values = terrain.facts().blank(around.nowMillis());
        for (var fact : terrain.facts().facts()) {
            fact.source().fill(values, fact, moment);
            override(values, fact);
        }
        for (var fact : terrain.facts().facts()) {
            if (fact.source() instanceof Source.UpTo upTo) {
                upTo.fill(values, fact, moment);
            }
        }
        return terrain.personas().recognise(values);
    }

    private void override(FactValues values, Fact fact) {
        boolean isOwn = fact.source() instanceof Source.Gathered
                || fact.source() instanceof Source.Context
                || Source.isLocalTime(fact.source());
        var variable = terrain.variables().of(fact);
        if (!isOwn || (!area.limits().containsKey(variable) && !counts.containsKey(variable))) {
            return;
        }
        values.forget(fact.index());
        if (fact.source() instanceof Source.Gathered told && told.accumulator() instanceof AnswerAccumulator answer) {
            long score = number(variable);
            if (score != FactValues.UNKNOWN) {
                var given = new Cell.Moment(terrain.nowMillis(), Long.toString(score));
                answer.read(given, fact, values, terrain.facts().zone());
            }
        } else if (fact.type().isNumeric()) {
            values.put(fact.index(), number(variable));
        } else {
            values.put(fact.index(), ((OfWords) area.values(variable)).any());
        }
    }

    private long number(Variable variable) {
        var counted = counts.get(variable);
        return counted == null ? ((OfNumbers) area.values(variable)).any() : counted;
    }

    private long passed(Spot spot) {
        var after = spot.after();
        return after != null && after.since() == After.Since.STAGE
                ? after.length().toMillis()
                : number(Variables.timeIn(terrain.journey().key(), spot.stage()));
    }

    private InStage other(Journey journey) {
        var possible = ((OfWords) area.values(Variables.stageOf(journey))).words();
        var stage = possible.containsWord(journey.start())
                ? journey.start()
                : possible.words().first();
        var time = (OfNumbers) area.values(Variables.timeIn(journey.key(), null));
        boolean isNew = time.unknown() && stage.equals(journey.start());
        var reached = reached(journey);
        if (!isNew) {
            reached.add(stage);
        }
        return new InStage(stage, isNew ? FactValues.UNKNOWN : since(time.any()), reached);
    }

    private long since(long passed) {
        return passed == FactValues.UNKNOWN ? FactValues.UNKNOWN : terrain.nowMillis() - passed;
    }

    private SortedSet<String> reached(Journey journey) {
        var reached = new TreeSet<String>();
        for (var stage : journey.stageKeys()) {
            var said = area.values(Variables.reached(journey.key(), stage));
            if (said.and(OfWords.NO).isEmpty()) {
                reached.add(stage);
            }
        }
        return reached;
    }
}
