package io.tappa.engine.rule.box;

import io.tappa.engine.condition.ValueSet.Numbers;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.fact.FactValues;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Values that one variable may have; not being known is one of them. */
sealed interface Values {
    /** What both contain. */
    Values and(Values other);

    /** All that this does not contain. */
    Values complement();

    /** Whether nothing at all is in it. */
    boolean isEmpty();

    /** Whether anything is in both. */
    default boolean meets(Values other) {
        return !and(other).isEmpty();
    }

    /** What this contains and {@code other} does not. */
    default Values minus(Values other) {
        return and(other.complement());
    }

    /** Numbers, in stored units. */
    record OfNumbers(Numbers numbers, boolean unknown) implements Values {
        static OfNumbers between(long low, long high) {
            return new OfNumbers(Numbers.between(low, high), false);
        }

        OfNumbers orUnknown() {
            return new OfNumbers(numbers, true);
        }

        @Override
        public Values and(Values other) {
            var more = (OfNumbers) other;
            return new OfNumbers(numbers.intersect(more.numbers), unknown && more.unknown);
        }

        @Override
        public Values complement() {
            return new OfNumbers(numbers.complement(), !unknown);
        }

        @Override
        public boolean isEmpty() {
            return !unknown && numbers.intervals().isEmpty();
        }

        @Override
        public boolean meets(Values other) {
            var more = (OfNumbers) other;
            if (unknown && more.unknown) {
                return true;
            }
            for (var left : numbers.intervals()) {
                for (var right : more.numbers.intervals()) {
                    if (left.low() <= right.high() && right.low() <= left.high()) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** The lowest number in it that is at least {@code floor}, or {@link FactValues#UNKNOWN} when there is none. */
        long lowestFrom(long floor) {
            for (var interval : numbers.intervals()) {
                if (interval.high() >= floor) {
                    return Math.max(interval.low(), floor);
                }
            }
            return FactValues.UNKNOWN;
        }

        /** A number in it that people can picture, or {@link FactValues#UNKNOWN} where only that is possible. */
        long any() {
            long plain = lowestFrom(0);
            return plain != FactValues.UNKNOWN || numbers.intervals().isEmpty()
                    ? plain
                    : numbers.intervals().get(numbers.intervals().size() - 1).high();
        }
    }

    /** Words. */
    record OfWords(Words words, boolean unknown) implements Values {
        static final OfWords YES = of(List.of("yes"));
        static final OfWords NO = of(List.of("no"));
        static final OfWords ANY = new OfWords(new Words(new TreeSet<>(), true), true);

        static OfWords of(Collection<String> words) {
            return new OfWords(new Words(new TreeSet<>(words), false), false);
        }

        OfWords orUnknown() {
            return new OfWords(words, true);
        }

        @Override
        public Values and(Values other) {
            var more = (OfWords) other;
            var both = (Words) Objects.requireNonNull(words.and(more.words));
            return new OfWords(both, unknown && more.unknown);
        }

        @Override
        public Values complement() {
            return new OfWords(new Words(words.words(), !words.negated()), !unknown);
        }

        @Override
        public boolean isEmpty() {
            return !unknown && !words.negated() && words.words().isEmpty();
        }

        /** A word in it, or null where only the unknown is possible. */
        @Nullable
        String any() {
            if (!words.negated()) {
                return words.words().isEmpty() ? null : words.words().first();
            }
            var other = "other";
            for (int next = 2; words.words().contains(other); next++) {
                other = "other " + next;
            }
            return other;
        }
    }
}
