package io.tappa.engine.pack;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.Source;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import io.tappa.engine.pack.PingPong.Found;
import io.tappa.engine.rule.Outcome.MoveTo;
import io.tappa.engine.rule.PlainRuleSet;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.box.Spot;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tries the moves of a journey on one visitor, in the plainest way, and tells who it was. */
final class MoveTrial {
    private final Journey journey;
    private final PlainRuleSet rules;
    private final FactWords words;

    /** Tries of {@code journey}, whose moves are {@code rules}. */
    MoveTrial(Journey journey, List<Rule> rules, FactWords words) {
        this.journey = journey;
        this.rules = new PlainRuleSet(rules);
        this.words = words;
    }

    /** Whether somebody of {@code facts} makes {@code move} at {@code spot}. */
    boolean makes(Move move, Spot spot, FactValues facts) {
        var due = journey.moves().stream()
                .filter(candidate -> competes(candidate, move, spot))
                .map(Move::id)
                .toList();
        return rules.matching(facts).stream()
                .filter(rule -> due.contains(((MoveTo) rule.outcome()).move()))
                .min(Rule.BEST_FIRST)
                .filter(rule -> ((MoveTo) rule.outcome()).move().equals(move.id()))
                .isPresent();
    }

    private static boolean competes(Move candidate, Move move, Spot spot) {
        if (spot.standing() == Spot.Standing.OUTSIDE && !MoveContest.isRestart(candidate)) {
            return false;
        }
        if (spot.after() != null && candidate.to().equals(spot.stage())) {
            return false;
        }
        return candidate.startsIn(spot.stage())
                && Objects.equals(candidate.on(), move.on())
                && Objects.equals(candidate.after(), move.after());
    }

    /** What the two moves ask of somebody, and what is true of them. */
    String inWords(Found found) {
        return Stream.of(found.first().move(), found.second().move())
                .flatMap(move -> move.alternatives().stream())
                .flatMap(box -> box.conditions().stream())
                .map(condition -> condition.fact())
                .filter(MoveTrial::isTelling)
                .distinct()
                .map(fact -> inWords(fact, found))
                .collect(Collectors.joining(", "));
    }

    private static boolean isTelling(Fact fact) {
        return !(fact.source() instanceof Source.EventName) && !(fact.source() instanceof Source.StageOf);
    }

    private String inWords(Fact fact, Found found) {
        var there = words.inWords(fact, found.there());
        var back = words.inWords(fact, found.back());
        return there.equals(back)
                ? "%s %s".formatted(fact.label(), there)
                : "%s %s, then %s".formatted(fact.label(), there, back);
    }
}
