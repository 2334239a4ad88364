package io.tappa.engine.pack;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.problem.Place;
import io.tappa.engine.rule.Outcome;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.file.RuleFields;
import io.tappa.engine.rule.file.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Moves as rules: the event and the stages they start in are conditions like any other. */
final class MoveRules {
    private MoveRules() {}

    static List<Rule> of(List<Journey> journeys, Vocabulary words, PackSettings settings) {
        var rules = new ArrayList<Rule>();
        for (var journey : journeys) {
            var stageName = journey.key().equals(settings.journey())
                    ? Vocabulary.STAGE
                    : Vocabulary.of(Vocabulary.STAGE, journey.key());
            if (!journey.entrance().isEmpty()) {
                rules.add(rule(journey, "entry", RuleFields.NORMAL, journey.entrance(), journey.start()));
            }
            for (var move : journey.moves()) {
                var conditions = new ArrayList<Condition>();
                var event = move.on() == null ? VisitorEvent.TIME_PASSED : move.on();
                conditions.add(new Condition(
                        words.builtIn(Vocabulary.EVENT), new ValueSet.Words(new TreeSet<>(List.of(event)), false)));
                if (!move.from().isEmpty()) {
                    conditions.add(new Condition(words.builtIn(stageName), new ValueSet.Words(move.from(), false)));
                }
                var head = new Box(conditions);
                var alternatives = move.alternatives().stream().map(head::and).toList();
                rules.add(rule(journey, move.id(), move.priority(), alternatives, move.to()));
            }
        }
        return rules;
    }

    private static Rule rule(Journey journey, String id, int priority, List<Box> alternatives, String to) {
        return new Rule(
                journey.key() + "/" + id,
                id,
                priority,
                Rule.NORMAL_WEIGHT,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                alternatives,
                new Outcome.MoveTo(journey.key(), to, id),
                Place.file("journeys/" + journey.key() + ".yaml"));
    }
}
