package io.tappa.engine.pack;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.Source;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import io.tappa.engine.pack.Scenario.Expectation;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.ConditionReader;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.rule.file.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what a story expects of the person it tells about: stages, moves and facts. */
final class ExpectationReader {
    private static final String MOVES = "moves";
    private static final List<String> OF_PLACES = ShownReader.KEYS;

    private final Vocabulary words;
    private final List<Journey> journeys;
    private final Problems problems;
    private final ConditionReader conditions;

    ExpectationReader(ScenarioGround ground, Problems problems) {
        this.words = ground.words();
        this.journeys = ground.journeys();
        this.problems = problems;
        this.conditions = new ConditionReader(words.facts(), problems);
    }

    /** What {@code map} expects, apart from what should be shown. */
    List<Expectation> read(YamlNode map, Fields fields) {
        var expected = new ArrayList<Expectation>();
        if (map.isMap()) {
            map.entries(new Problems(), "what is expected").forEach((key, value) -> {
                if (!OF_PLACES.contains(key.text())) {
                    fields.take(key.text());
                    var one = expectation(key, value);
                    if (one != null) {
                        expected.add(one);
                    }
                }
            });
        }
        return expected;
    }

    private @Nullable Expectation expectation(YamlNode key, YamlNode value) {
        var name = key.text();
        if (name.equals(MOVES) || name.startsWith(MOVES + " of ")) {
            var journey = journey(name, key.place());
            return journey == null ? null : moves(journey, value);
        }
        var known = words.facts().find(name);
        if (known == null) {
            unknown(name, key.place());
            return null;
        }
        var source = known.source();
        if (source instanceof Source.StageOf stage && known.id().startsWith(Vocabulary.STAGE)) {
            return inStage(stage.journey(), value);
        }
        return holds(known, value);
    }

    private void unknown(String name, Place place) {
        var known = new TreeSet<>(words.facts().names());
        known.add(MOVES);
        known.addAll(OF_PLACES);
        problems.error(
                "unknown-fact",
                place,
                "Nothing called \"%s\" can be expected.".formatted(name),
                Suggestion.cure(name, "facts", known));
    }

    private @Nullable Journey journey(String name, Place place) {
        var stages = words.builtIn(Vocabulary.STAGE).source();
        var key = name.equals(MOVES)
                ? (stages instanceof Source.StageOf stage ? stage.journey() : "")
                : name.substring(MOVES.length() + " of ".length());
        for (var journey : journeys) {
            if (journey.key().equals(key)) {
                return journey;
            }
        }
        if (!journeys.isEmpty()) {
            problems.error(
                    "unknown-journey",
                    place,
                    "There is no journey \"%s\".".formatted(key),
                    Suggestion.cure(
                            key, "journeys", journeys.stream().map(Journey::key).toList()));
        }
        return null;
    }

    private Expectation moves(Journey journey, YamlNode list) {
        var known = new TreeSet<>(journey.moves().stream().map(Move::id).toList());
        var moves = new ArrayList<String>();
        for (var item : list.items()) {
            moves.add(item.text());
            if (!known.contains(item.text())) {
                problems.error(
                        "unknown-move",
                        item.place(),
                        "There is no move \"%s\" in the journey %s.".formatted(item.text(), journey.key()),
                        Suggestion.cure(item.text(), MOVES, known));
            }
        }
        return new Expectation.Moves(journey.key(), moves);
    }

    private Expectation inStage(String key, YamlNode value) {
        var stages = new ArrayList<String>();
        journeys.stream()
                .filter(journey -> journey.key().equals(key))
                .forEach(journey -> stages.addAll(journey.stageKeys()));
        if (!stages.contains(value.text()) && !value.text().equals(Move.NOWHERE)) {
            MoveReader.unknownStage(value.text(), value.place(), key, stages, problems);
        }
        return new Expectation.InStage(key, value.text());
    }

    private @Nullable Expectation holds(Fact fact, YamlNode value) {
        var phrase =
                String.join(" or ", value.items().stream().map(YamlNode::text).toList());
        var condition = conditions.condition(fact, phrase, value.place());
        return condition == null ? null : new Expectation.Holds(condition, phrase);
    }
}
