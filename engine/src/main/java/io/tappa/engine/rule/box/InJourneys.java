package io.tappa.engine.rule.box;

import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.condition.ValueSet.Known;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.Source;
import io.tappa.engine.journey.After;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.rule.box.Values.OfNumbers;
import io.tappa.engine.rule.box.Values.OfWords;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/** Where conditions hold that ask about journeys: the stage, those reached before, and the time spent there. */
final class InJourneys {
    private final Terrain terrain;
    private final Journey journey;

    InJourneys(Terrain terrain) {
        this.terrain = terrain;
        this.journey = terrain.journey();
    }

    /** Whether it tells something about a journey. */
    static boolean tells(Source source) {
        return source instanceof Source.StageOf
                || source instanceof Source.Reached
                || source instanceof Source.TimeInStage
                || source instanceof Source.GoalOverdue;
    }

    /** Those at {@code spot} for whom what {@code source} tells is within {@code values}. */
    Region where(Source source, ValueSet values, Spot spot) {
        if (source instanceof Source.StageOf stage) {
            return whereStage(stage.journey(), values, spot);
        }
        if (source instanceof Source.Reached reached) {
            return whereReached(reached.journey(), values, spot);
        }
        if (source instanceof Source.TimeInStage time) {
            return whereTime(time.journey(), terrain.asked(FactType.NUMBER, values), spot);
        }
        var goal = (Source.GoalOverdue) source;
        var yes = whereOverdue(goal.journey(), goal.withinMillis(), spot);
        return values.holdsForWord("yes")
                ? (values.holdsForWord("no") ? Region.ALL : yes)
                : (values.holdsForWord("no") ? Region.ALL.minus(yes) : Region.NONE);
    }

    private Region whereStage(String of, ValueSet values, Spot spot) {
        return of.equals(journey.key())
                ? Terrain.always(values.holdsForWord(spot.stage()))
                : Region.of(Area.of(Variables.stageOf(named(of)), terrain.asked(FactType.WORD, values)));
    }

    private Journey named(String key) {
        return terrain.journeys().stream()
                .filter(candidate -> candidate.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private Region whereReached(String of, ValueSet values, Spot spot) {
        if (!(values instanceof Words words)) {
            return Terrain.always(((Known) values).known());
        }
        boolean isOwn = of.equals(journey.key());
        var any = Region.NONE;
        if (isOwn && spot.isInside() && words.words().contains(spot.stage())) {
            any = Region.ALL;
        } else if (!isOwn || spot.standing() != Spot.Standing.NEWCOMER) {
            for (var stage : words.words()) {
                any = any.or(Region.of(Area.of(Variables.reached(of, stage), OfWords.YES)));
            }
        }
        return words.negated() ? Region.ALL.minus(any) : any;
    }

    private Region whereTime(String of, Values asked, Spot spot) {
        if (!of.equals(journey.key())) {
            return Region.of(Area.of(Variables.timeIn(of, null), asked));
        }
        if (!spot.isInside()) {
            return Terrain.always(
                    !asked.and(OfNumbers.between(1, 0).orUnknown()).isEmpty());
        }
        var after = spot.after();
        if (after != null && after.since() == After.Since.STAGE) {
            long passed = after.length().toMillis();
            return Terrain.always(!asked.and(OfNumbers.between(passed, passed)).isEmpty());
        }
        return Region.of(Area.of(Variables.timeIn(of, spot.stage()), asked));
    }

    private Region whereOverdue(String of, SortedMap<String, Long> withinMillis, Spot spot) {
        if (of.equals(journey.key())) {
            return withinMillis.containsKey(spot.stage())
                    ? whereTime(of, later(withinMillis, spot.stage()), spot)
                    : Region.NONE;
        }
        var any = Region.NONE;
        for (var stage : withinMillis.keySet()) {
            var there = Area.of(Variables.stageOf(named(of)), OfWords.of(List.of(stage)));
            any = any.or(Region.of(there).and(whereTime(of, later(withinMillis, stage), spot)));
        }
        return any;
    }

    private static Values later(SortedMap<String, Long> withinMillis, String stage) {
        return OfNumbers.between(Objects.requireNonNull(withinMillis.get(stage)) + 1, Long.MAX_VALUE);
    }
}
