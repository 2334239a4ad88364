package io.tappa.engine.fact;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one accumulator has gathered. Every cell is commutative: the same events in any order give the same cell, and
 * the cells of two lanes join into the cell of both.
 */
public sealed interface Cell
        permits Cell.Tally,
                Cell.Moment,
                Cell.Timeline,
                Cell.Basket,
                AssignmentCell,
                AttributeCell,
                ConsentCell,
                OrderCell,
                PatternCell {
    /** A running count or sum in stored units. */
    record Tally(long total) implements Cell {}

    /**
     * The first or last of something.
     *
     * @param at event time in milliseconds since 1970
     * @param text its value, empty where only the time counts
     */
    record Moment(long at, String text) implements Cell, Comparable<Moment> {
        /** By time; of two values in one millisecond the greater text is the later, so that arrival order cannot matter. */
        @Override
        public int compareTo(Moment other) {
            return at != other.at ? Long.compare(at, other.at) : text.compareTo(other.text);
        }
    }

    /**
     * One thing on a timeline.
     *
     * @param at event time in milliseconds since 1970
     * @param number an amount in stored units, or the hash of a counted value
     * @param text a word, or empty
     */
    record Mark(long at, long number, String text) {
        static final Comparator<Mark> ORDER = Comparator.comparingLong(Mark::at)
                .thenComparingLong(Mark::number)
                .thenComparing(Mark::text);
    }

    /** The newest marks, oldest first; as many as the accumulator's bound, beyond which it saturates. */
    record Timeline(List<Mark> marks) implements Cell {
        public Timeline {
            marks = List.copyOf(marks);
        }

        Timeline plus(Mark mark, int atMost, boolean distinct) {
            var more = new ArrayList<Mark>(marks.size() + 1);
            more.addAll(marks);
            add(more, mark, distinct);
            return bounded(more, atMost);
        }

        Timeline plus(Timeline other, int atMost, boolean distinct) {
            var more = new ArrayList<>(marks);
            other.marks.forEach(mark -> add(more, mark, distinct));
            return bounded(more, atMost);
        }

        Timeline after(long horizon) {
            int gone = 0;
            while (gone < marks.size() && marks.get(gone).at() <= horizon) {
                gone++;
            }
            return gone == 0 ? this : new Timeline(marks.subList(gone, marks.size()));
        }

        private static void add(ArrayList<Mark> marks, Mark mark, boolean distinct) {
            if (distinct) {
                for (int i = 0; i < marks.size(); i++) {
                    if (marks.get(i).number() == mark.number()) {
                        if (marks.get(i).at() >= mark.at()) {
                            return;
                        }
                        marks.remove(i);
                        break;
                    }
                }
            }
            int i = marks.size();
            while (i > 0 && Mark.ORDER.compare(marks.get(i - 1), mark) > 0) {
                i--;
            }
            marks.add(i, mark);
        }

        private static Timeline bounded(ArrayList<Mark> marks, int atMost) {
            return new Timeline(marks.size() <= atMost ? marks : marks.subList(marks.size() - atMost, marks.size()));
        }
    }

    /**
     * One change of a basket.
     *
     * @param at event time in milliseconds since 1970
     * @param product id of the product
     * @param quantity pieces put in, or taken out when negative
     * @param price price of one piece in minor units, or unknown
     */
    record BasketChange(long at, String product, long quantity, long price) {
        static final Comparator<BasketChange> ORDER = Comparator.comparingLong(BasketChange::at)
                .thenComparing(BasketChange::product)
                .thenComparingLong(BasketChange::quantity)
                .thenComparingLong(BasketChange::price);
    }

    /**
     * What happened to a basket since its content was last known for certain.
     *
     * @param clearedAt when it was emptied or its content was stated last, or {@link FactValues#UNKNOWN}
     * @param changes what was stated, at that very moment, then the newest changes after it, oldest first
     */
    record Basket(long clearedAt, List<BasketChange> changes) implements Cell {
        static final int MOST_CHANGES = 50;
        static final Basket EMPTY = new Basket(FactValues.UNKNOWN, List.of());

        public Basket {
            changes = List.copyOf(changes);
        }

        /** With one change more; most come last, behind all that are there. */
        Basket plus(BasketChange change) {
            var last = changes.isEmpty() ? null : changes.get(changes.size() - 1);
            boolean isLast = last != null
                    && last.at() > clearedAt
                    && changes.size() < MOST_CHANGES
                    && BasketChange.ORDER.compare(last, change) <= 0;
            if (!isLast) {
                return plus(new Basket(FactValues.UNKNOWN, List.of(change)));
            }
            var more = new ArrayList<BasketChange>(changes.size() + 1);
            more.addAll(changes);
            more.add(change);
            return new Basket(clearedAt, more);
        }

        Basket plus(Basket other) {
            long cleared = Math.max(clearedAt, other.clearedAt);
            var later = new ArrayList<>(after(cleared));
            later.addAll(other.after(cleared));
            later.sort(BasketChange.ORDER);
            var all = new ArrayList<>(stated(other));
            all.addAll(later.size() <= MOST_CHANGES ? later : later.subList(later.size() - MOST_CHANGES, later.size()));
            return new Basket(cleared, all);
        }

        private List<BasketChange> after(long millis) {
            return changes.stream().filter(change -> change.at() > millis).toList();
        }

        private List<BasketChange> stated() {
            return changes.stream().filter(change -> change.at() <= clearedAt).toList();
        }

        /** The later statement; of two in one millisecond an empty basket, else the greater one. */
        private List<BasketChange> stated(Basket other) {
            if (clearedAt != other.clearedAt) {
                return clearedAt > other.clearedAt ? stated() : other.stated();
            }
            var one = stated();
            var another = other.stated();
            if (one.isEmpty() || another.isEmpty()) {
                return List.of();
            }
            for (int i = 0; i < Math.min(one.size(), another.size()); i++) {
                int order = BasketChange.ORDER.compare(one.get(i), another.get(i));
                if (order != 0) {
                    return order > 0 ? one : another;
                }
            }
            return one.size() >= another.size() ? one : another;
        }

        /** What lies in the basket, in the order it was first put in. */
        List<Line> lines() {
            var lines = new ArrayList<Line>();
            for (var change : changes) {
                var line = lineOf(lines, change.product());
                if (line == null) {
                    line = new Line(change.product());
                    lines.add(line);
                }
                line.quantity = Math.max(0, line.quantity + change.quantity());
                if (change.quantity() > 0) {
                    line.price = change.price();
                }
            }
            lines.removeIf(line -> line.quantity == 0);
            return lines;
        }

        private static @Nullable Line lineOf(List<Line> lines, String product) {
            for (var line : lines) {
                if (line.product.equals(product)) {
                    return line;
                }
            }
            return null;
        }

        /** One product in the basket while it is being counted. */
        static final class Line {
            final String product;
            long quantity;
            long price = FactValues.UNKNOWN;

            Line(String product) {
                this.product = product;
            }
        }
    }
}
