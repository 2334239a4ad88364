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
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.Circumstances.InStage;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.fact.Source;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.persona.Personas;
import io.tappa.engine.rule.box.Values.OfNumbers;
import io.tappa.engine.rule.box.Values.OfWords;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    /** The moment at which moves are judged; which one does not matter, as long as it is the same for everybody. */
    private static final long NOW = Instant.parse("2026-03-02T09:00:00Z").toEpochMilli();

    private final Journey journey;
    private final List<Journey> journeys;
    private final FactCatalog facts;
    private final Personas personas;
    private final Variables variables;
    private final Groups groups;
    private final InJourneys inJourneys;
    private final @Nullable Asking asking;
    private final Map<Spot, Region> everybody = new HashMap<>();
    /** Dates asked both by the calendar and by how long ago: which day it is would matter. */
    private final Set<Integer> askedTwoWays = new HashSet<>();

    /** The visitors of {@code journey}, one of {@code journeys}, to whom something happens. */
    public Terrain(Journey journey, List<Journey> journeys, FactCatalog facts, Personas personas) {
        this(journey, journeys, facts, personas, null);
    }

    /** The visitors of {@code journey} who ask for a decision, or to whom something happens where {@code asking} is null. */
    public Terrain(
            Journey journey, List<Journey> journeys, FactCatalog facts, Personas personas, @Nullable Asking asking) {
        this.journey = journey;
        this.journeys = List.copyOf(journeys);
        this.facts = facts;
        this.personas = personas;
        this.variables = new Variables(facts);
        this.groups = new Groups(personas, this);
        this.inJourneys = new InJourneys(this);
        this.asking = asking;
        if (asking == null) {
            noteDates();
        }
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

    /** The journey whose visitors are looked at. */
    public Journey journey() {
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

    /** When all is judged, in milliseconds since 1970. */
    long nowMillis() {
        return asking == null ? NOW : asking.atMillis();
    }

    /** That moment, in the zone of the facts. */
    Source.Moment moment(Circumstances around) {
        var local = Instant.ofEpochMilli(around.nowMillis()).atZone(facts.zone());
        return new Source.Moment(around, local, local);
    }

    /** What holds around everybody who stands at {@code spot}; {@code stages} are those of each journey. */
    Circumstances around(Spot spot, SortedMap<String, InStage> stages) {
        return new Circumstances(
                nowMillis(),
                asking == null ? spot.event() : null,
                asking == null ? null : asking.touchpoint(),
                Collections.emptySortedMap(),
                stages,
                ProductNews.NONE);
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
        if (isGiven(source)) {
            return always(isGiven(condition, spot));
        }
        return InJourneys.tells(source) ? inJourneys.where(source, values, spot) : ofVisitor(condition);
    }

    /** Whether it is the same for all visitors at a spot; those who ask for a decision may say anything in the context. */
    private boolean isGiven(Source source) {
        return source instanceof Source.EventName
                || source instanceof Source.TouchpointKey
                || (asking == null ? source instanceof Source.Context : Source.isLocalTime(source));
    }

    private boolean isGiven(Condition condition, Spot spot) {
        if (asking == null && condition.fact().source() instanceof Source.EventName) {
            return condition.values().holdsForWord(spot.event());
        }
        var around = around(spot, Collections.emptySortedMap());
        var values = facts.blank(around.nowMillis());
        condition.fact().source().fill(values, condition.fact(), moment(around));
        return condition.holds(values);
    }

    /** What must hold of the value for {@code values} to hold of what it is short of. */
    private static ValueSet before(Source.UpTo upTo, ValueSet values) {
        return values instanceof Numbers gap ? Variables.valuesShortOf(upTo.limit(), gap) : values;
    }

    static Region always(boolean holds) {
        return holds ? Region.ALL : Region.NONE;
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

    /** The values for which {@code values} of a fact of {@code type} hold. */
    Values asked(FactType type, ValueSet values) {
        if (values instanceof Numbers numbers) {
            return new OfNumbers(numbers, false);
        }
        if (values instanceof InTheLast last) {
            return OfNumbers.between(nowMillis() - last.within().toMillis() + 1, nowMillis());
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
            var told = facts.blank(nowMillis());
            answer.read(new Cell.Moment(nowMillis(), Long.toString(given)), condition.fact(), told, facts.zone());
            fitting = condition.holds(told) ? fitting.or(Numbers.between(given, given)) : fitting;
        }
        return Region.of(Area.of(score, new OfNumbers(fitting, false)));
    }
}
