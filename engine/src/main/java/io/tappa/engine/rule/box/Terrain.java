package io.tappa.engine.rule.box;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.condition.ValueSet.InTheLast;
import io.tappa.engine.condition.ValueSet.Known;
import io.tappa.engine.condition.ValueSet.Numbers;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.fact.AnswerAccumulator;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.Source;
import io.tappa.engine.journey.After;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.persona.Personas;
import io.tappa.engine.rule.box.Values.OfNumbers;
import io.tappa.engine.rule.box.Values.OfWords;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where conditions hold, for all visitors at one spot of one journey. Facts that are told from others are traced back to
 * those: a basket gap to the basket, personas and segments to what makes them, an overdue goal to the time in the stage.
 */
public final class Terrain {
    /** The moment at which all is judged; which one does not matter, as long as it is the same for everybody. */
    static final long NOW = Instant.parse("2026-03-02T09:00:00Z").toEpochMilli();

    private final Journey journey;
    private final List<Journey> journeys;
    private final FactCatalog facts;
    private final Personas personas;
    private final Variables variables;
    private final Groups groups;
    private final Map<Spot, Region> everybody = new HashMap<>();
    /** Dates asked both by the calendar and by how long ago: which day it is would matter. */
    private final Set<Integer> askedTwoWays = new HashSet<>();

    /** The visitors of {@code journey}, one of {@code journeys}. */
    public Terrain(Journey journey, List<Journey> journeys, FactCatalog facts, Personas personas) {
        this.journey = journey;
        this.journeys = List.copyOf(journeys);
        this.facts = facts;
        this.personas = personas;
        this.variables = new Variables(facts);
        this.groups = new Groups(personas, this);
        noteDates();
    }

    private void noteDates() {
        var asked = Stream.of(
                        journey.entrance().stream(),
                        journey.moves().stream().flatMap(move -> move.alternatives().stream()),
                        personas.personas().stream().flatMap(persona -> persona.alternatives().stream()),
                        personas.segments().segments().stream().flatMap(segment -> segment.alternatives().stream()))
                .flatMap(boxes -> boxes)
                .flatMap(box -> box.conditions().stream())
                .filter(condition -> condition.fact().type() == FactType.DATE)
                .collect(Collectors.groupingBy(
                        condition -> condition.fact().index(),
                        Collectors.mapping(condition -> condition.values().getClass(), Collectors.toSet())));
        asked.forEach((index, ways) -> {
            if (ways.contains(InTheLast.class) && ways.contains(Numbers.class)) {
                askedTwoWays.add(index);
            }
        });
    }

    Journey journey() {
        return journey;
    }

    List<Journey> journeys() {
        return journeys;
    }

    FactCatalog facts() {
        return facts;
    }

    Personas personas() {
        return personas;
    }

    Variables variables() {
        return variables;
    }

    /** Everybody who can be at {@code spot} at all. */
    public Region everybodyAt(Spot spot) {
        return everybody.computeIfAbsent(spot, there -> Truths.at(this, there));
    }

    /** Those who have reached {@code stage} of the journey. */
    public Region whereReached(String stage) {
        return Region.of(Area.of(Variables.reached(journey.key(), stage), OfWords.YES));
    }

    /** Those who have reached exactly {@code stages} of the journey, whatever else. */
    public Region whereReachedExactly(List<String> stages) {
        return Region.of(Variables.exactlyReached(journey, stages));
    }

    /** The same visitors, and all who differ from them only in the stages they have reached. */
    public Region whateverReached(Region region) {
        var variables = journey.stageKeys().stream()
                .map(stage -> Variables.reached(journey.key(), stage))
                .toList();
        return new Region(
                region.areas().stream().map(area -> area.without(variables)).toList(), region.isCut());
    }

    /** Those of the visitors at {@code spot} for whom one of the alternatives holds. */
    public Region where(List<Box> alternatives, Spot spot) {
        var any = Region.NONE;
        for (var box : alternatives) {
            var all = Region.ALL;
            for (var condition : box.conditions()) {
                all = all.and(where(condition, spot));
            }
            any = any.or(all);
        }
        return any;
    }

    private Region where(Condition condition, Spot spot) {
        var source = condition.fact().source();
        var values = condition.values();
        if (source instanceof Source.UpTo upTo) {
            return where(new Condition(facts.facts().get(upTo.ofIndex()), before(upTo, values)), spot);
        }
        if (source instanceof Source.Personas || source instanceof Source.Segments) {
            return groups.where(values, source instanceof Source.Segments, spot);
        }
        if (source instanceof Source.FirstMatching first) {
            return groups.whereFirst(values, first.segment(), spot);
        }
        if (source instanceof Source.EventName) {
            return always(holdsForWord(values, spot.event()));
        }
        if (source instanceof Source.TouchpointKey || source instanceof Source.Context) {
            return always(holdsForWord(values, null));
        }
        return isOfJourneys(source) ? ofJourneys(source, values, spot) : ofVisitor(condition);
    }

    /** What must hold of the value for {@code values} to hold of what it is short of. */
    private static ValueSet before(Source.UpTo upTo, ValueSet values) {
        return values instanceof Numbers gap ? Variables.valuesShortOf(upTo.limit(), gap) : values;
    }

    static Region always(boolean holds) {
        return holds ? Region.ALL : Region.NONE;
    }

    private static boolean holdsForWord(ValueSet values, @Nullable String word) {
        return values instanceof Words words
                ? words.containsWord(word)
                : values instanceof Known known && known.known() == (word != null);
    }

    private Region ofVisitor(Condition condition) {
        var fact = condition.fact();
        var variable = variables.of(fact);
        if (fact.source() instanceof Source.Gathered told && told.accumulator() instanceof AnswerAccumulator answer) {
            return ofAnswer(answer, condition, variable);
        }
        return askedTwoWays.contains(fact.index())
                ? Region.CUT
                : Region.of(Area.of(variable, asked(fact.type(), condition.values())));
    }

    private static Values asked(FactType type, ValueSet values) {
        if (values instanceof Numbers numbers) {
            return new OfNumbers(numbers, false);
        }
        if (values instanceof InTheLast last) {
            return OfNumbers.between(NOW - last.within().toMillis() + 1, NOW);
        }
        if (values instanceof Words words) {
            return new OfWords(words, false);
        }
        Values unknown = type.isNumeric()
                ? OfNumbers.between(1, 0).orUnknown()
                : OfWords.of(List.of()).orUnknown();
        return ((Known) values).known() ? unknown.complement() : unknown;
    }

    private Region ofAnswer(AnswerAccumulator answer, Condition condition, Variable score) {
        if (condition.values() instanceof Known || answer.reading() == AnswerAccumulator.Reading.SCORE) {
            return Region.of(Area.of(score, asked(FactType.WHOLE, condition.values())));
        }
        var fitting = Numbers.between(1, 0);
        for (long given = answer.survey().lowest(); given <= answer.survey().highest(); given++) {
            var told = facts.blank(NOW);
            answer.read(new Cell.Moment(NOW, Long.toString(given)), condition.fact(), told, facts.zone());
            fitting = condition.holds(told) ? fitting.or(Numbers.between(given, given)) : fitting;
        }
        return Region.of(Area.of(score, new OfNumbers(fitting, false)));
    }

    private static boolean isOfJourneys(Source source) {
        return source instanceof Source.StageOf
                || source instanceof Source.Reached
                || source instanceof Source.TimeInStage
                || source instanceof Source.GoalOverdue;
    }

    private Region ofJourneys(Source source, ValueSet values, Spot spot) {
        if (source instanceof Source.StageOf stage) {
            return whereStage(stage.journey(), values, spot);
        }
        if (source instanceof Source.Reached reached) {
            return whereReached(reached.journey(), values, spot);
        }
        if (source instanceof Source.TimeInStage time) {
            return whereTime(time.journey(), asked(FactType.NUMBER, values), spot);
        }
        var goal = (Source.GoalOverdue) source;
        var yes = whereOverdue(goal.journey(), goal.withinMillis(), spot);
        return holdsForWord(values, "yes")
                ? (holdsForWord(values, "no") ? Region.ALL : yes)
                : (holdsForWord(values, "no") ? Region.ALL.minus(yes) : Region.NONE);
    }

    private Region whereStage(String of, ValueSet values, Spot spot) {
        return of.equals(journey.key())
                ? always(holdsForWord(values, spot.stage()))
                : Region.of(Area.of(Variables.stageOf(named(of)), asked(FactType.WORD, values)));
    }

    private Journey named(String key) {
        return journeys.stream()
                .filter(candidate -> candidate.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private Region whereReached(String of, ValueSet values, Spot spot) {
        if (!(values instanceof Words words)) {
            return always(((Known) values).known());
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
            return always(!asked.and(OfNumbers.between(1, 0).orUnknown()).isEmpty());
        }
        var after = spot.after();
        if (after != null && after.since() == After.Since.STAGE) {
            long passed = after.length().toMillis();
            return always(!asked.and(OfNumbers.between(passed, passed)).isEmpty());
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
