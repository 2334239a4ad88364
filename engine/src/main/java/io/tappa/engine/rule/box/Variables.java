package io.tappa.engine.rule.box;

import io.tappa.engine.condition.ValueSet.Numbers;
import io.tappa.engine.fact.Accumulator;
import io.tappa.engine.fact.AnswerAccumulator;
import io.tappa.engine.fact.BasketAccumulator;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.NewestAccumulator;
import io.tappa.engine.fact.OrderAccumulator;
import io.tappa.engine.fact.Source;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.rule.box.Values.OfNumbers;
import io.tappa.engine.rule.box.Values.OfWords;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What may differ between visitors. Facts that tell the same thing share one variable. */
final class Variables {
    private final Map<Told, Variable> told = new HashMap<>();
    private final FactValues ofNobody;

    /** What makes two facts tell the same thing. */
    private record Told(Source basis, @Nullable FactType type, long unitsPerOne) {}

    Variables(FactCatalog facts) {
        this.ofNobody = facts.assume(Collections.emptySortedMap(), Circumstances.at(0));
        for (var fact : facts.facts()) {
            told.computeIfAbsent(told(fact), anew -> variable(fact));
        }
    }

    private static Told told(Fact fact) {
        var basis = basis(fact.source());
        return basis.equals(fact.source()) && !isAnswer(basis)
                ? new Told(basis, fact.type(), fact.unit() == null ? fact.unitsPerOne() : 0)
                : new Told(basis, null, 0);
    }

    private static boolean isAnswer(Source source) {
        return source instanceof Source.Gathered gathered && gathered.accumulator() instanceof AnswerAccumulator;
    }

    /** What {@code source} is told from: detractors and promoters are told from the score. */
    private static Source basis(Source source) {
        return source instanceof Source.Gathered gathered && gathered.accumulator() instanceof AnswerAccumulator answer
                ? new Source.Gathered(
                        new AnswerAccumulator(answer.survey(), AnswerAccumulator.Reading.SCORE, answer.filter()))
                : source;
    }

    /** What tells {@code fact}. */
    Variable of(Fact fact) {
        var variable = told.get(told(fact));
        return variable == null ? variable(fact) : variable;
    }

    /** What {@code fact} says of somebody who never did anything, or {@link FactValues#UNKNOWN}. */
    long numberOfNobody(Fact fact) {
        return ofNobody.number(fact.index());
    }

    private Variable variable(Fact fact) {
        return new Variable("fact %05d".formatted(fact.index()), whole(fact));
    }

    private Values whole(Fact fact) {
        if (fact.source() instanceof Source.Gathered gathered
                && gathered.accumulator() instanceof AnswerAccumulator answer) {
            var survey = answer.survey();
            return OfNumbers.between(survey.lowest(), survey.highest()).orUnknown();
        }
        boolean mayBeUnknown = !(fact.source() instanceof Source.LocalHour)
                && !(fact.source() instanceof Source.Weekday)
                && !ofNobody.knows(fact);
        if (fact.type().isNumeric()) {
            var numbers = OfNumbers.between(lowest(fact), highest(fact));
            return mayBeUnknown ? numbers.orUnknown() : numbers;
        }
        var words = fact.type() == FactType.YESNO ? List.of("no", "yes") : fact.words();
        var all = words.isEmpty() ? new OfWords(OfWords.ANY.words(), false) : OfWords.of(words);
        return mayBeUnknown ? all.orUnknown() : all;
    }

    private static long lowest(Fact fact) {
        boolean neverNegative = fact.source() instanceof Source.LocalHour
                || (fact.source() instanceof Source.Gathered gathered && isCount(gathered.accumulator()));
        return neverNegative ? Math.max(0, fact.lowest()) : fact.lowest();
    }

    private static long highest(Fact fact) {
        if (fact.source() instanceof Source.Gathered gathered
                && gathered.accumulator() instanceof NewestAccumulator newest
                && isCount(newest)) {
            return Math.min(newest.atMost(), fact.highest());
        }
        return fact.source() instanceof Source.LocalHour ? Math.min(23, fact.highest()) : fact.highest();
    }

    private static boolean isCount(Accumulator accumulator) {
        return accumulator instanceof Accumulator.CountEver
                || accumulator instanceof BasketAccumulator
                || isTimeSince(accumulator)
                || (accumulator instanceof OrderAccumulator orders
                        && orders.reading() == OrderAccumulator.Reading.COUNT)
                || (accumulator instanceof NewestAccumulator newest
                        && (newest.kind() == NewestAccumulator.Kind.TIMES
                                || newest.kind() == NewestAccumulator.Kind.DISTINCT));
    }

    /** Whether it tells when an event was, not what it said. */
    static boolean isTimeSince(Accumulator accumulator) {
        return accumulator instanceof Accumulator.Edge edge && edge.property() == null;
    }

    /** How long the visitor has been in the stage of {@code spot}, or in another journey's present one. */
    static Variable timeIn(String journey, @Nullable String stage) {
        var known = OfNumbers.between(0, Long.MAX_VALUE);
        return stage == null
                ? new Variable("time in " + journey, known.orUnknown())
                : new Variable("time in " + journey + " in " + stage, known);
    }

    /** Whether a stage was ever reached. */
    static Variable reached(String journey, String stage) {
        return new Variable("reached " + journey + "/" + stage, OfWords.of(List.of("no", "yes")));
    }

    /** The present stage of another journey. */
    static Variable stageOf(Journey journey) {
        return new Variable("stage of " + journey.key(), OfWords.of(journey.stageKeys()));
    }

    /** An area in which exactly {@code yes} of the stages were reached. */
    static Area exactlyReached(Journey journey, List<String> yes) {
        var limits = new TreeMap<Variable, Values>();
        for (var stage : journey.stageKeys()) {
            limits.put(reached(journey.key(), stage), yes.contains(stage) ? OfWords.YES : OfWords.NO);
        }
        return new Area(limits);
    }

    /** What {@code limit − value} is for a value in the set asked for: what to ask of the value itself. */
    static Numbers valuesShortOf(long limit, Numbers gap) {
        var values = Numbers.between(1, 0);
        for (var interval : gap.intervals()) {
            if (interval.high() >= 0) {
                long low = interval.high() >= Long.MAX_VALUE - Math.abs(limit)
                        ? FactValues.LOWEST
                        : limit - interval.high();
                long high = interval.low() <= 0 ? Long.MAX_VALUE : limit - interval.low();
                values = values.or(Numbers.between(low, high));
            }
        }
        return values;
    }
}
