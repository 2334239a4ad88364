package io.tappa.engine.decision;

import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.condition.ValueSet.InTheLast;
import io.tappa.engine.condition.ValueSet.Interval;
import io.tappa.engine.condition.ValueSet.Known;
import io.tappa.engine.condition.ValueSet.Numbers;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.decision.Change.OfKnowledge;
import io.tappa.engine.decision.Change.OfNumber;
import io.tappa.engine.decision.Change.OfWord;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers several conditions want together, fact by fact. What only follows from another fact, such as a gap, is asked
 * of that one.
 */
final class Wanted {
    private final FactCatalog catalog;
    private final FactValues facts;
    private final Map<Integer, Numbers> byFact = new TreeMap<>();

    Wanted(FactCatalog catalog, FactValues facts) {
        this.catalog = catalog;
        this.facts = facts;
    }

    /** Wants {@code condition} to hold as well. */
    void hold(Condition condition) {
        if (isNumeric(condition)) {
            want(condition.fact(), numbers(condition.values()));
        }
    }

    /** Wants {@code condition} to hold no more. */
    void fail(Condition condition) {
        if (isNumeric(condition)) {
            want(condition.fact(), numbers(condition.values()).complement());
        }
    }

    private void want(Fact fact, Numbers values) {
        var of = root(fact);
        byFact.merge(of.index(), ofRoot(fact, values), Numbers::intersect);
    }

    private static boolean isNumeric(Condition condition) {
        return condition.values() instanceof Numbers || condition.values() instanceof InTheLast;
    }

    private Numbers numbers(ValueSet values) {
        long now = facts.nowMillis();
        return values instanceof InTheLast last
                ? Numbers.between(now - last.within().toMillis() + 1, now)
                : (Numbers) values;
    }

    private Fact root(Fact fact) {
        return fact.source() instanceof Source.UpTo upTo ? catalog.facts().get(upTo.ofIndex()) : fact;
    }

    /** A gap is never below 0, and the greater the smaller what it is the gap of. */
    private static Numbers ofRoot(Fact fact, Numbers values) {
        if (!(fact.source() instanceof Source.UpTo upTo)) {
            return values;
        }
        var ofRoot = Numbers.between(1, 0);
        for (var gap : values.intersect(Numbers.between(0, Long.MAX_VALUE)).intervals()) {
            long low = gap.high() == Long.MAX_VALUE ? FactValues.LOWEST : upTo.limit() - gap.high();
            ofRoot = ofRoot.or(Numbers.between(low, gap.low() == 0 ? Long.MAX_VALUE : upTo.limit() - gap.low()));
        }
        return ofRoot;
    }

    /** The least that lets {@code condition} hold, and all others that ask for the same fact; null when nothing can. */
    @Nullable
    Change change(Condition condition) {
        if (condition.values() instanceof Known known) {
            return new OfKnowledge(condition.fact(), known.known());
        }
        return condition.values() instanceof Words words
                ? new OfWord(condition.fact(), words)
                : change(root(condition.fact()));
    }

    /** All changes of numbers that are needed, or null when one of them is impossible. */
    @Nullable
    List<Change> changes() {
        var changes = new ArrayList<Change>();
        for (int index : byFact.keySet()) {
            var change = change(catalog.facts().get(index));
            if (change == null) {
                return null;
            }
            changes.add(change);
        }
        return changes;
    }

    private @Nullable OfNumber change(Fact fact) {
        var possible = Numbers.between(fact.lowest(), fact.highest());
        var wanted = byFact.getOrDefault(fact.index(), possible).intersect(possible);
        long from = facts.number(fact.index());
        OfNumber least = null;
        for (var interval : wanted.intervals()) {
            var change = new OfNumber(fact, from, nearest(interval, from == FactValues.UNKNOWN ? 0 : from), interval);
            if (least == null || change.distance() < least.distance()) {
                least = change;
            }
        }
        return least;
    }

    private static long nearest(Interval interval, long from) {
        return from < interval.low() ? interval.low() : Math.min(from, interval.high());
    }
}
