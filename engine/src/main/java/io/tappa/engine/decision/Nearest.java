package io.tappa.engine.decision;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet.Known;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.decision.Change.OfKnowledge;
import io.tappa.engine.decision.Change.OfNumber;
import io.tappa.engine.decision.Change.OfWord;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.Source;
import io.tappa.engine.rule.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How near a visitor is to a rule, in either direction: the closed model can say what Drools cannot.
 *
 * @param catalog the facts there are
 * @param facts those of the visitor
 */
public record Nearest(FactCatalog catalog, FactValues facts) {
    /**
     * The conditions missed in the nearest alternative of {@code rule}, which does not match: of those that are possible the
     * one that needs the fewest changes, then with the shortest way to go, in stored units of all its facts together, then the
     * first.
     */
    List<Miss> misses(Rule rule) {
        return misses(rule.alternatives());
    }

    /** The same of other {@code alternatives}, none of which holds. */
    List<Miss> misses(List<Box> alternatives) {
        List<Miss> nearest = List.of();
        boolean first = true;
        for (var alternative : alternatives) {
            var misses = misses(alternative);
            if (first || isNearer(misses, nearest)) {
                nearest = misses;
                first = false;
            }
        }
        return nearest;
    }

    private List<Miss> misses(Box alternative) {
        var wanted = new Wanted(catalog, facts);
        alternative.conditions().forEach(wanted::hold);
        var misses = new ArrayList<Miss>();
        for (var condition : alternative.conditions()) {
            if (!condition.holds(facts)) {
                misses.add(new Miss(condition, wanted.change(condition)));
            }
        }
        return misses;
    }

    /** Whether {@code misses} need fewer changes than {@code others}, or as many with a shorter way to go; what nothing can help is far. */
    static boolean isNearer(List<Miss> misses, List<Miss> others) {
        var changes = Miss.changes(misses);
        var otherChanges = Miss.changes(others);
        if (changes.isEmpty() || otherChanges.isEmpty()) {
            return !changes.isEmpty();
        }
        return changes.size() != otherChanges.size()
                ? changes.size() < otherChanges.size()
                : way(changes) < way(otherChanges);
    }

    private static long way(List<Change> changes) {
        long way = 0;
        for (var change : changes) {
            long distance = distance(change);
            way = way > Long.MAX_VALUE - distance ? Long.MAX_VALUE : way + distance;
        }
        return way;
    }

    private static long distance(Change change) {
        return change instanceof OfNumber number ? number.distance() : Long.MAX_VALUE;
    }

    /**
     * The least that lets none of {@code rules} match any more: one condition of each alternative that holds, but for where
     * the visitor is; empty when that is not possible.
     */
    List<Change> waysOut(List<Rule> rules) {
        var wanted = new Wanted(catalog, facts);
        var others = new LinkedHashSet<Change>();
        for (var rule : rules) {
            for (var alternative : rule.alternatives()) {
                if (alternative.holds(facts)) {
                    var weakest = weakest(alternative);
                    if (weakest == null) {
                        return List.of();
                    }
                    wanted.fail(weakest);
                    if (weakest.values() instanceof Words words) {
                        others.add(new OfWord(weakest.fact(), new Words(words.words(), !words.negated())));
                    } else if (weakest.values() instanceof Known known) {
                        others.add(new OfKnowledge(weakest.fact(), !known.known()));
                    }
                }
            }
        }
        var changes = wanted.changes();
        if (changes == null) {
            return List.of();
        }
        var all = new ArrayList<Change>(changes);
        all.addAll(others);
        return all;
    }

    /** The condition that fails most easily, or null when there is none. */
    private @Nullable Condition weakest(Box alternative) {
        Condition weakest = null;
        long shortest = 0;
        for (var condition : alternative.conditions()) {
            if (condition.fact().source() instanceof Source.TouchpointKey) {
                continue;
            }
            var alone = new Wanted(catalog, facts);
            alone.fail(condition);
            var changes = alone.changes();
            long way = changes == null || changes.isEmpty() ? Long.MAX_VALUE : distance(changes.get(0));
            if (changes != null && (weakest == null || way < shortest)) {
                weakest = condition;
                shortest = way;
            }
        }
        return weakest;
    }
}
