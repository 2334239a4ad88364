package io.tappa.engine.coverage;

import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.condition.ValueSet.InTheLast;
import io.tappa.engine.condition.ValueSet.Interval;
import io.tappa.engine.condition.ValueSet.Known;
import io.tappa.engine.condition.ValueSet.Numbers;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.Source;
import io.tappa.engine.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds all edges of what a rule asks for: of numbers both sides of each, of all else that it is asked at all. */
final class Borders {
    private static final long STEPS_OF_ONE = 100;

    private final FactValues nobody;
    private final Rule rule;
    private final List<Border> found = new ArrayList<>();
    private int alternative;
    private int condition;

    private Borders(FactValues nobody, Rule rule) {
        this.nobody = nobody;
        this.rule = rule;
    }

    /** The edges of {@code rule}, given the facts of {@code nobody}. */
    static List<Border> of(FactValues nobody, Rule rule) {
        var borders = new Borders(nobody, rule);
        borders.find();
        return borders.found;
    }

    private void find() {
        for (alternative = 0; alternative < rule.alternatives().size(); alternative++) {
            var asked = rule.alternatives().get(alternative).conditions();
            for (condition = 0; condition < asked.size(); condition++) {
                find(asked.get(condition));
            }
        }
    }

    private void add(ValueSet side, @Nullable ValueSet moved) {
        found.add(new Border(rule, alternative, condition, side, moved));
    }

    private void find(Condition asked) {
        var fact = asked.fact();
        if (fact.source() instanceof Source.TouchpointKey) {
            return;
        }
        var values = asked.values();
        if (values instanceof Words words) {
            add(new Words(words.words(), !words.negated()), null);
        } else if (values instanceof Known known) {
            add(new Known(!known.known()), null);
        } else if (values instanceof InTheLast) {
            add(new Known(false), null);
        } else if (fact.type() == FactType.DATE) {
            add(((Numbers) values).complement(), null);
        } else {
            var numbers = (Numbers) values;
            numbers.intervals().forEach(interval -> findEdges(fact, numbers, interval));
        }
    }

    private void findEdges(Fact fact, Numbers all, Interval interval) {
        long step = step(fact);
        long low = interval.low();
        long high = interval.high();
        if (low > Math.max(fact.lowest(), FactValues.LOWEST + step)) {
            long outside = Math.floorDiv(low - 1, step) * step;
            long inside = -Math.floorDiv(-low, step) * step;
            if (outside >= lowest(fact)) {
                add(only(outside), with(all, interval, outside, high));
            }
            if (inside <= high) {
                add(only(inside), with(all, interval, inside + 1, high));
            }
        }
        if (high < Math.min(fact.highest(), Long.MAX_VALUE - step)) {
            long outside = -Math.floorDiv(-high - 1, step) * step;
            long inside = Math.floorDiv(high, step) * step;
            if (outside <= fact.highest()) {
                add(only(outside), with(all, interval, low, outside));
            }
            if (inside > low) {
                add(only(inside), with(all, interval, low, inside - 1));
            }
        }
    }

    /** What is counted begins at 0. */
    private long lowest(Fact fact) {
        boolean isCounted = fact.source() instanceof Source.Gathered && nobody.number(fact.index()) == 0;
        return isCounted ? Math.max(0, fact.lowest()) : fact.lowest();
    }

    /** The smallest difference that an author would care to write. */
    private static long step(Fact fact) {
        return fact.type() == FactType.NUMBER ? Math.max(1, fact.unitsPerOne() / STEPS_OF_ONE) : 1;
    }

    private static Numbers only(long value) {
        return Numbers.between(value, value);
    }

    private static Numbers with(Numbers all, Interval old, long low, long high) {
        var others = new Numbers(all.intervals().stream()
                .filter(interval -> !interval.equals(old))
                .toList());
        return others.or(Numbers.between(low, high));
    }
}
