package io.tappa.engine.pack;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.Source;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.touchpoint.Touchpoint;
import java.util.ArrayList;
import java.util.List;

/** The facts that every pack has: where, what happened, which stage, which personas and segments. */
final class BuiltInFacts {
    private final FactGround ground;
    private final List<Fact> facts = new ArrayList<>();

    private BuiltInFacts(FactGround ground) {
        this.ground = ground;
    }

    static List<Fact> of(FactGround ground) {
        var builtIn = new BuiltInFacts(ground);
        builtIn.addAll();
        return builtIn.facts;
    }

    private void addAll() {
        var defaultJourney = ground.settings().journey();
        add(
                Vocabulary.TOUCHPOINT,
                FactType.WORD,
                new Source.TouchpointKey(),
                ground.touchpoints().all().stream().map(Touchpoint::key).toList());
        add(Vocabulary.EVENT, FactType.WORD, new Source.EventName(), List.of());
        addStages(defaultJourney, Vocabulary.STAGE, Vocabulary.REACHED);
        add(Vocabulary.PERSONA, FactType.WORDS, new Source.Personas(), ground.personas());
        for (var journey : ground.journeyKeys()) {
            if (!journey.equals(defaultJourney)) {
                addStages(
                        journey, Vocabulary.of(Vocabulary.STAGE, journey), Vocabulary.of(Vocabulary.REACHED, journey));
            }
        }
        add(Vocabulary.SEGMENT, FactType.WORDS, new Source.Segments(), ground.segments());
    }

    private void addStages(String journey, String stage, String reached) {
        add(stage, FactType.WORD, new Source.StageOf(journey), ground.stageKeys(journey));
        add(reached, FactType.WORDS, new Source.Reached(journey), ground.stageKeys(journey));
    }

    private void add(String name, FactType type, Source source, List<String> words) {
        facts.add(Fact.of(facts.size(), name, name, type, 1, source).oneOf(words));
    }
}
