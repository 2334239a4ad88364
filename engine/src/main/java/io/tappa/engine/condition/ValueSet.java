package io.tappa.engine.condition;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The values of one fact for which a condition holds. A fact nobody knows is in no set but {@link Known}(false). */
public sealed interface ValueSet {
    /** Whether the value of {@code fact} is in the set. Never throws. */
    boolean contains(FactValues values, Fact fact);

    /** What both sets contain, or null when the two sorts cannot be joined into one set. */
    @Nullable
    ValueSet and(ValueSet other);

    /** Whether it holds of a fact whose word is {@code word}, or of which no word is known where that is null. */
    default boolean holdsForWord(@Nullable String word) {
        return this instanceof Words words
                ? words.containsWord(word)
                : this instanceof Known known && known.known() == (word != null);
    }

    /** Whether no value at all is in the set, given the fact's own range and words. */
    boolean isEmptyFor(Fact fact);

    /**
     * Numbers from {@code low} to {@code high}, both included, in stored units.
     *
     * @param low lowest number in it
     * @param high highest number in it
     */
    record Interval(long low, long high) {
        boolean contains(long number) {
            return low <= number && number <= high;
        }
    }

    /** Numbers within any of the intervals, which are sorted and do not touch. */
    record Numbers(List<Interval> intervals) implements ValueSet {
        public Numbers {
            intervals = List.copyOf(intervals);
        }

        /** All numbers from {@code low} to {@code high}, both included. */
        public static Numbers between(long low, long high) {
            return new Numbers(low <= high ? List.of(new Interval(low, high)) : List.of());
        }

        @Override
        public boolean contains(FactValues values, Fact fact) {
            return containsNumber(values.number(fact.index()));
        }

        /** Whether {@code number} is in the set; an unknown number never is. */
        public boolean containsNumber(long number) {
            for (int i = 0; i < intervals.size(); i++) {
                if (intervals.get(i).contains(number)) {
                    return number != FactValues.UNKNOWN;
                }
            }
            return false;
        }

        @Override
        public @Nullable ValueSet and(ValueSet other) {
            return other instanceof Numbers numbers ? intersect(numbers) : null;
        }

        /** The numbers in both. */
        public Numbers intersect(Numbers other) {
            var both = new ArrayList<Interval>();
            for (var left : intervals) {
                for (var right : other.intervals) {
                    long low = Math.max(left.low, right.low);
                    long high = Math.min(left.high, right.high);
                    if (low <= high) {
                        both.add(new Interval(low, high));
                    }
                }
            }
            return new Numbers(both);
        }

        /** The numbers in one of them or in both. */
        public Numbers or(Numbers other) {
            var all = new ArrayList<>(intervals);
            all.addAll(other.intervals);
            all.sort((left, right) -> Long.compare(left.low, right.low));
            var merged = new ArrayList<Interval>();
            for (var next : all) {
                var last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
                if (last != null && (last.high == Long.MAX_VALUE || next.low <= last.high + 1)) {
                    merged.set(merged.size() - 1, new Interval(last.low, Math.max(last.high, next.high)));
                } else {
                    merged.add(next);
                }
            }
            return new Numbers(merged);
        }

        /** All other numbers. */
        public Numbers complement() {
            var rest = new ArrayList<Interval>();
            long from = FactValues.LOWEST;
            for (var interval : intervals) {
                if (interval.low > from) {
                    rest.add(new Interval(from, interval.low - 1));
                }
                if (interval.high == Long.MAX_VALUE) {
                    return new Numbers(rest);
                }
                from = interval.high + 1;
            }
            rest.add(new Interval(from, Long.MAX_VALUE));
            return new Numbers(rest);
        }

        @Override
        public boolean isEmptyFor(Fact fact) {
            return intersect(between(fact.lowest(), fact.highest())).intervals.isEmpty();
        }
    }

    /** Dates within the last while before the moment asked about, that moment included. */
    record InTheLast(Duration within) implements ValueSet {
        @Override
        public boolean contains(FactValues values, Fact fact) {
            long date = values.number(fact.index());
            return date != FactValues.UNKNOWN
                    && date > values.nowMillis() - within.toMillis()
                    && date <= values.nowMillis();
        }

        @Override
        public @Nullable ValueSet and(ValueSet other) {
            if (!(other instanceof InTheLast last)) {
                return null;
            }
            return within.compareTo(last.within) <= 0 ? this : last;
        }

        @Override
        public boolean isEmptyFor(Fact fact) {
            return within.isZero();
        }
    }

    /**
     * Words in a list, or all known words but those; a fact of several words needs one of them, or none of them.
     *
     * @param words the listed words
     * @param negated whether the list names what is left out
     */
    record Words(SortedSet<String> words, boolean negated) implements ValueSet {
        public Words {
            words = Collections.unmodifiableSortedSet(new TreeSet<>(words));
        }

        @Override
        public boolean contains(FactValues values, Fact fact) {
            var several = values.words(fact.index());
            if (several != null) {
                return several.stream().anyMatch(words::contains) != negated;
            }
            return containsWord(values.word(fact.index()));
        }

        /** Whether {@code word} is in the set; an unknown word never is. */
        public boolean containsWord(@Nullable String word) {
            return word != null && words.contains(word) != negated;
        }

        @Override
        public @Nullable ValueSet and(ValueSet other) {
            if (!(other instanceof Words more)) {
                return null;
            }
            var both = new TreeSet<String>();
            if (negated && more.negated) {
                both.addAll(words);
                both.addAll(more.words);
                return new Words(both, true);
            }
            var listed = negated ? more : this;
            var filter = negated ? this : more;
            listed.words.stream().filter(filter::containsWord).forEach(both::add);
            return new Words(both, false);
        }

        @Override
        public boolean isEmptyFor(Fact fact) {
            if (!negated) {
                return words.isEmpty();
            }
            boolean mayHaveNone = fact.type() == FactType.WORDS;
            return !mayHaveNone && !fact.words().isEmpty() && words.containsAll(fact.words());
        }
    }

    /** Whether anything is known at all. */
    record Known(boolean known) implements ValueSet {
        @Override
        public boolean contains(FactValues values, Fact fact) {
            return values.knows(fact) == known;
        }

        @Override
        public @Nullable ValueSet and(ValueSet other) {
            return other.equals(this) ? this : null;
        }

        @Override
        public boolean isEmptyFor(Fact fact) {
            return false;
        }
    }
}
