package io.tappa.engine.pack;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.Source;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.touchpoint.Touchpoint;
import io.tappa.engine.touchpoint.Touchpoints;
import java.util.ArrayList;
import java.util.List;

/** The facts that every pack has: where, what happened, which stage, which personas. */
final class BuiltInFacts {
    private BuiltInFacts() {}

    static List<Fact> of(
            String defaultJourney, Touchpoints touchpoints, List<JourneyReader> journeys, List<String> personas) {
        var builtIn = new ArrayList<Fact>();
        addBuiltIn(
                builtIn,
                Vocabulary.TOUCHPOINT,
                FactType.WORD,
                new Source.TouchpointKey(),
                touchpoints.all().stream().map(Touchpoint::key).toList());
        addBuiltIn(builtIn, Vocabulary.EVENT, FactType.WORD, new Source.EventName(), List.of());
        addStages(builtIn, defaultJourney, Vocabulary.STAGE, Vocabulary.REACHED, journeys);
        addBuiltIn(builtIn, Vocabulary.PERSONA, FactType.WORDS, new Source.Personas(), personas);
        for (var journey : journeys) {
            var key = journey.key();
            if (key != null && !key.equals(defaultJourney)) {
                addStages(
                        builtIn,
                        key,
                        Vocabulary.of(Vocabulary.STAGE, key),
                        Vocabulary.of(Vocabulary.REACHED, key),
                        journeys);
            }
        }
        return builtIn;
    }

    private static void addStages(
            List<Fact> facts, String journey, String stage, String reached, List<JourneyReader> journeys) {
        var stages = journeys.stream()
                .filter(reader -> journey.equals(reader.key()))
                .flatMap(reader -> reader.stageKeys().stream())
                .distinct()
                .toList();
        addBuiltIn(facts, stage, FactType.WORD, new Source.StageOf(journey), stages);
        addBuiltIn(facts, reached, FactType.WORDS, new Source.Reached(journey), stages);
    }

    private static void addBuiltIn(List<Fact> facts, String name, FactType type, Source source, List<String> words) {
        facts.add(Fact.of(facts.size(), name, name, type, 1, source).oneOf(words));
    }
}
