package io.tappa.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.fact.Accumulator.CountEver;
import io.tappa.engine.fact.Accumulator.Edge;
import io.tappa.engine.fact.Accumulator.SumEver;
import io.tappa.engine.fact.NewestAccumulator.Kind;
import io.tappa.engine.touchpoint.Touchpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is gathered is stored under the name of its definition: another definition must never find it. */
class AccumulatorNamesTest {
    private static EventFilter of(String event) {
        return new EventFilter(event, new TreeMap<>());
    }

    private static List<Accumulator> confusing() {
        var filters = List.of(
                of("Product"),
                of("Product Viewed"),
                of("*"),
                of("-"),
                new EventFilter(null, new TreeMap<>()),
                of("Product{kind=nps}"),
                of("Product where 4:kind=3:nps"),
                new EventFilter("Product", new TreeMap<>(Map.of("kind", "nps"))),
                new EventFilter("Product", new TreeMap<>(Map.of("kind", "nps, a=b"))),
                new EventFilter("Product", new TreeMap<>(Map.of("kind", "nps", "a", "b"))));
        var accumulators = new ArrayList<Accumulator>();
        for (var filter : filters) {
            accumulators.add(new CountEver(filter));
            accumulators.add(new Edge(filter, null, false));
            for (var property : List.of("x", "Viewed x", "null", "-", "x 1")) {
                accumulators.add(new SumEver(filter, property, 100));
                accumulators.add(new SumEver(filter, property, 1));
                accumulators.add(new Edge(filter, property, false));
                accumulators.add(new Edge(filter, property, true));
                accumulators.add(new NewestAccumulator(filter, Kind.DISTINCT, property, null, 100, 1));
                accumulators.add(new NewestAccumulator(filter, Kind.DISTINCT, property, Duration.ofDays(1), 100, 1));
                accumulators.add(new NewestAccumulator(filter, Kind.AMOUNTS, property, Duration.ofDays(1), 10, 100));
            }
        }
        accumulators.add(new BasketAccumulator(BasketAccumulator.Reading.VALUE, 100));
        accumulators.add(new OrderAccumulator(OrderAccumulator.Reading.VALUE, 100));
        accumulators.add(new NewsAccumulator(ProductNews.Kind.PRICE_DROP, Duration.ofDays(7)));
        accumulators.add(ViewedAccumulator.ONLY);
        accumulators.addAll(ofVisitors());
        return accumulators;
    }

    private static List<Accumulator> ofVisitors() {
        var nobodyMeets = new Touchpoints(List.of());
        var accumulators = new ArrayList<Accumulator>();
        accumulators.add(new TouchAccumulator(nobodyMeets, true));
        accumulators.add(new TouchAccumulator(nobodyMeets, false));
        for (var path : List.of("traits.x", "x", "-")) {
            accumulators.add(new TraitAccumulator(path, List.of()));
        }
        for (var survey : AnswerAccumulator.Survey.values()) {
            accumulators.add(AnswerAccumulator.of(survey, AnswerAccumulator.Reading.SCORE, new TreeMap<>()));
            accumulators.add(AnswerAccumulator.of(
                    survey, AnswerAccumulator.Reading.SCORE, new TreeMap<>(Map.of("touchpoint", "till"))));
        }
        for (var pattern : ChannelPattern.values()) {
            accumulators.add(new PatternAccumulator(pattern, Duration.ofDays(1), null, nobodyMeets));
            accumulators.add(new PatternAccumulator(pattern, Duration.ofDays(2), null, nobodyMeets));
            accumulators.add(new PatternAccumulator(pattern, Duration.ofDays(1), "-", nobodyMeets));
        }
        return accumulators;
    }

    @Test
    void thePreferredSourcesAndTheReadingAreNoPartOfTheName() {
        assertThat(new TraitAccumulator("traits.x", List.of("crm")).canonical())
                .isEqualTo(new TraitAccumulator("traits.x", List.of()).canonical());
        assertThat(new OrderAccumulator(OrderAccumulator.Reading.COUNT, 100).canonical())
                .isEqualTo(new OrderAccumulator(OrderAccumulator.Reading.LAST, 100).canonical());
    }

    @Test
    void differentDefinitionsHaveDifferentNames() {
        assertThat(confusing()).extracting(Accumulator::canonical).doesNotHaveDuplicates();
        assertThat(confusing()).extracting(Accumulator::slot).doesNotHaveDuplicates();
    }

    @Test
    void theNameIsTheSameInEveryLocale() {
        var names = new HashSet<List<Integer>>();
        var before = Locale.getDefault();
        try {
            for (var tag : List.of("en", "it", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "tr")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                names.add(confusing().stream().map(Accumulator::slot).toList());
            }
        } finally {
            Locale.setDefault(before);
        }

        assertThat(names).hasSize(1);
    }
}
