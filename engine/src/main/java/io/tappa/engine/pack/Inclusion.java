package io.tappa.engine.pack;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.condition.ValueSet.InTheLast;
import io.tappa.engine.condition.ValueSet.Interval;
import io.tappa.engine.condition.ValueSet.Known;
import io.tappa.engine.condition.ValueSet.Numbers;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import java.util.List;

/** Whether certainly everybody for whom some conditions hold is among those for whom others hold. */
final class Inclusion {
    /** The alternatives of a rule. */
    static final class Alternatives {
        private final List<Condition[]> boxes;
        /** Which facts each of them asks: a bit for each fact, shared by facts whose indexes differ by 64. */
        private final long[] masks;

        Alternatives(List<Box> boxes) {
            this.boxes = boxes.stream()
                    .map(box -> box.conditions().toArray(Condition[]::new))
                    .toList();
            this.masks = boxes.stream().mapToLong(Inclusion::mask).toArray();
        }

        /** How many pairs there are with those of {@code other}. */
        long pairs(Alternatives other) {
            return (long) masks.length * other.masks.length;
        }

        /** Whether each alternative of {@code inner} is within one of these. */
        boolean cover(Alternatives inner) {
            for (int i = 0; i < inner.masks.length; i++) {
                if (!covers(inner.boxes.get(i), inner.masks[i])) {
                    return false;
                }
            }
            return true;
        }

        /** Whether somebody may be in one of these and in one of {@code other}; certainly nobody is where this says no. */
        boolean mayMeet(Alternatives other) {
            for (var box : boxes) {
                for (var more : other.boxes) {
                    if (Inclusion.mayMeet(box, more)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private boolean covers(Condition[] inner, long mask) {
            for (int i = 0; i < masks.length; i++) {
                if ((masks[i] & ~mask) == 0 && isWithin(inner, boxes.get(i))) {
                    return true;
                }
            }
            return false;
        }
    }

    private Inclusion() {}

    private static long mask(Box box) {
        long mask = 0;
        for (var condition : box.conditions()) {
            mask |= 1L << (condition.fact().index() & 63);
        }
        return mask;
    }

    private static boolean mayMeet(Condition[] one, Condition[] other) {
        for (var left : one) {
            for (var right : other) {
                if (left.fact().index() == right.fact().index()
                        && !mayMeet(left.values(), right.values(), left.fact())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean mayMeet(ValueSet one, ValueSet other, Fact fact) {
        if (fact.type() == FactType.WORDS) {
            return true;
        }
        boolean isOpen = fact.words().isEmpty() && one instanceof Words left && left.negated();
        if (isOpen && other instanceof Words right && right.negated()) {
            return true;
        }
        var both = one.and(other);
        return both == null || !both.isEmptyFor(fact);
    }

    private static boolean isWithin(Condition[] inner, Condition[] outer) {
        for (var asked : outer) {
            if (!isImplied(asked, inner)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isImplied(Condition asked, Condition[] inner) {
        for (var own : inner) {
            if (own.fact().index() == asked.fact().index()
                    && isWithin(own.values(), asked.values(), asked.fact().type())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithin(ValueSet inner, ValueSet outer, FactType type) {
        if (outer instanceof Known known) {
            return known.known() ? !inner.equals(new Known(false)) : inner.equals(outer);
        }
        if (outer instanceof Numbers more && inner instanceof Numbers fewer) {
            return isWithin(fewer, more);
        }
        if (outer instanceof InTheLast longer && inner instanceof InTheLast shorter) {
            return shorter.within().compareTo(longer.within()) <= 0;
        }
        return outer instanceof Words more && inner instanceof Words fewer && isWithin(fewer, more, type);
    }

    private static boolean isWithin(Numbers inner, Numbers outer) {
        for (int i = 0; i < inner.intervals().size(); i++) {
            if (!isWithin(inner.intervals().get(i), outer)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWithin(Interval inner, Numbers outer) {
        for (int i = 0; i < outer.intervals().size(); i++) {
            var one = outer.intervals().get(i);
            if (one.low() <= inner.low() && inner.high() <= one.high()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithin(Words inner, Words outer, FactType type) {
        if (inner.negated()) {
            return outer.negated() && inner.words().containsAll(outer.words());
        }
        if (!outer.negated()) {
            return outer.words().containsAll(inner.words());
        }
        return type != FactType.WORDS && inner.words().stream().noneMatch(outer.words()::contains);
    }
}
