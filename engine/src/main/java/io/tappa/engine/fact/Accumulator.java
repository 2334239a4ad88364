package io.tappa.engine.fact;

import io.tappa.engine.fact.Cell.Mark;
import io.tappa.engine.fact.Cell.Moment;
import io.tappa.engine.fact.Cell.Tally;
import io.tappa.engine.fact.Cell.Timeline;
import io.tappa.engine.identity.Hashes;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A way of gathering a fact from events, one at a time, in any order.
 *
 * <p>Its {@link #canonical()} text names what it gathers: a changed definition is another accumulator and starts anew.
 */
public sealed interface Accumulator
        permits BasketAccumulator,
                OrderAccumulator,
                PatternAccumulator,
                TouchAccumulator,
                TraitAccumulator,
                Accumulator.OfEvents {
    /** Bound of windows and sets where the author gives none. */
    int DEFAULT_BOUND = 100;

    /** The definition in one line: the same for the same definition, in every locale, and another for every other. */
    String canonical();

    /** Names of the events it looks at; an empty list means all. */
    List<String> events();

    /** Dotted paths of the event values it reads. */
    Set<String> reads();

    /**
     * Adds to {@code kept}, when an event arrives, what it needs of values too many or too long to be kept as they are.
     * Names of such digests begin with {@code @}; what a sender may have put there is removed.
     */
    default void digest(String event, SortedMap<String, String> values, Map<String, String> kept) {}

    /** What is gathered after one more event, of which only what {@link #reads()} and digests was kept. */
    @Nullable
    Cell fold(@Nullable Cell cell, String event, long atMillis, SortedMap<String, String> values);

    /** What two lanes have gathered together. */
    Cell join(Cell left, Cell right);

    /** Writes what {@code cell} says at the moment of {@code values} into them, as {@code fact}. */
    void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone);

    /** Forgets what no window can see at or after {@code horizonMillis}. */
    default Cell prune(Cell cell, long horizonMillis) {
        return cell;
    }

    /** The key of its cell in a lane. */
    default int slot() {
        return Hashes.first32(canonical());
    }

    /** Accumulators over the events that pass one filter. */
    sealed interface OfEvents extends Accumulator permits CountEver, SumEver, Newest, Edge, AnswerAccumulator {
        /** Which events count. */
        EventFilter filter();

        /** What is gathered after one more event that passed the filter. */
        @Nullable
        Cell gather(@Nullable Cell cell, long atMillis, SortedMap<String, String> values);

        @Override
        default List<String> events() {
            var event = filter().event();
            return event == null ? List.of() : List.of(event);
        }

        @Override
        default Set<String> reads() {
            return filter().where().keySet();
        }

        @Override
        default @Nullable Cell fold(@Nullable Cell cell, String event, long at, SortedMap<String, String> values) {
            return filter().accepts(values) ? gather(cell, at, values) : cell;
        }
    }

    /** How often, ever. */
    record CountEver(EventFilter filter) implements OfEvents {
        @Override
        public String canonical() {
            return "count " + filter.canonical();
        }

        @Override
        public Cell gather(@Nullable Cell cell, long at, SortedMap<String, String> values) {
            return new Tally(cell instanceof Tally tally ? tally.total() + 1 : 1);
        }

        @Override
        public Cell join(Cell left, Cell right) {
            return new Tally(((Tally) left).total() + ((Tally) right).total());
        }

        @Override
        public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
            values.put(fact.index(), cell instanceof Tally tally ? tally.total() : 0);
        }
    }

    /** Sum of a property in stored units, ever. */
    record SumEver(EventFilter filter, String property, long unitsPerOne) implements OfEvents {
        @Override
        public String canonical() {
            return "sum %s %s %s".formatted(filter.canonical(), EventFilter.exact(property), unitsPerOne);
        }

        @Override
        public Set<String> reads() {
            return plus(filter, property);
        }

        @Override
        public @Nullable Cell gather(@Nullable Cell cell, long at, SortedMap<String, String> values) {
            var text = values.get(property);
            long units = text == null ? FactValues.UNKNOWN : Fact.units(text, unitsPerOne);
            if (units == FactValues.UNKNOWN) {
                return cell;
            }
            return new Tally(cell instanceof Tally tally ? saturatingSum(tally.total(), units) : units);
        }

        @Override
        public Cell join(Cell left, Cell right) {
            return new Tally(saturatingSum(((Tally) left).total(), ((Tally) right).total()));
        }

        @Override
        public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
            values.put(fact.index(), cell instanceof Tally tally ? tally.total() : 0);
        }
    }

    /** The newest occurrences, as times, amounts, words or distinct values; bounded, within a window or for ever. */
    record Newest(
            EventFilter filter,
            Kind kind,
            @Nullable String property,
            @Nullable Duration within,
            int atMost,
            long unitsPerOne)
            implements OfEvents {
        /** What is kept of each occurrence. */
        public enum Kind {
            TIMES,
            AMOUNTS,
            WORDS,
            DISTINCT
        }

        @Override
        public String canonical() {
            return "%s %s %s %s %s %s"
                    .formatted(kind, filter.canonical(), EventFilter.exact(property), within, atMost, unitsPerOne);
        }

        @Override
        public Set<String> reads() {
            return property == null ? filter.where().keySet() : plus(filter, property);
        }

        @Override
        public @Nullable Cell gather(@Nullable Cell cell, long at, SortedMap<String, String> values) {
            var mark = mark(at, values);
            if (mark == null) {
                return cell;
            }
            return cell instanceof Timeline timeline
                    ? timeline.plus(mark, atMost, kind == Kind.DISTINCT)
                    : new Timeline(List.of(mark));
        }

        private @Nullable Mark mark(long at, SortedMap<String, String> values) {
            if (kind == Kind.TIMES) {
                return new Mark(at, 0, "");
            }
            var text = values.get(Objects.requireNonNull(property));
            if (text == null || text.isEmpty()) {
                return null;
            }
            return switch (kind) {
                case TIMES -> new Mark(at, 0, "");
                case WORDS -> new Mark(at, 0, text);
                case DISTINCT -> new Mark(at, Hashes.first64(text), "");
                case AMOUNTS -> {
                    long units = Fact.units(text, unitsPerOne);
                    yield units == FactValues.UNKNOWN ? null : new Mark(at, units, "");
                }
            };
        }

        @Override
        public Cell join(Cell left, Cell right) {
            return ((Timeline) left).plus((Timeline) right, atMost, kind == Kind.DISTINCT);
        }

        @Override
        public Cell prune(Cell cell, long horizonMillis) {
            return within == null ? cell : ((Timeline) cell).after(horizonMillis - within.toMillis());
        }

        @Override
        public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
            var visible = visible(cell, values.nowMillis());
            switch (kind) {
                case TIMES, DISTINCT -> values.put(fact.index(), visible.size());
                case AMOUNTS -> values.put(fact.index(), sum(visible));
                case WORDS -> fact.put(values, mostFrequent(visible), zone);
            }
        }

        private static long sum(List<Mark> marks) {
            long sum = 0;
            for (var mark : marks) {
                sum = saturatingSum(sum, mark.number());
            }
            return sum;
        }

        /** The marks within the window that ends at {@code now}, oldest first. */
        private List<Mark> visible(@Nullable Cell cell, long now) {
            if (!(cell instanceof Timeline timeline)) {
                return List.of();
            }
            long since = within == null ? Long.MIN_VALUE : now - within.toMillis();
            var marks = timeline.marks();
            int from = 0;
            while (from < marks.size() && marks.get(from).at() <= since) {
                from++;
            }
            int to = marks.size();
            while (to > from && marks.get(to - 1).at() > now) {
                to--;
            }
            return marks.subList(from, to);
        }

        /** The word seen most often; of equals the one seen last, then the first in the alphabet. */
        private static @Nullable String mostFrequent(List<Mark> marks) {
            var counts = new TreeMap<String, long[]>();
            for (var mark : marks) {
                var count = counts.computeIfAbsent(mark.text(), word -> new long[2]);
                count[0]++;
                count[1] = mark.at();
            }
            String best = null;
            long[] most = {0, 0};
            for (var entry : counts.entrySet()) {
                var count = entry.getValue();
                if (count[0] > most[0] || (count[0] == most[0] && count[1] > most[1])) {
                    best = entry.getKey();
                    most = count;
                }
            }
            return best;
        }
    }

    /**
     * The last or first value of a property, or the time of the event where there is no property.
     *
     * @param earliest first instead of last
     */
    record Edge(EventFilter filter, @Nullable String property, boolean earliest) implements OfEvents {
        @Override
        public String canonical() {
            return "%s %s %s".formatted(earliest ? "first" : "last", filter.canonical(), EventFilter.exact(property));
        }

        @Override
        public Set<String> reads() {
            return property == null ? filter.where().keySet() : plus(filter, property);
        }

        @Override
        public @Nullable Cell gather(@Nullable Cell cell, long at, SortedMap<String, String> values) {
            var text = property == null ? "" : values.get(property);
            if (text == null) {
                return cell;
            }
            var moment = new Moment(at, text);
            return cell == null ? moment : join(cell, moment);
        }

        @Override
        public Cell join(Cell left, Cell right) {
            boolean leftFirst = ((Moment) left).compareTo((Moment) right) <= 0;
            return leftFirst == earliest ? left : right;
        }

        @Override
        public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
            if (!(cell instanceof Moment moment)) {
                return;
            }
            if (property != null) {
                fact.put(values, moment.text(), zone);
            } else if (fact.type() == FactType.DATE) {
                values.put(fact.index(), moment.at());
            } else {
                values.put(fact.index(), Math.max(0, values.nowMillis() - moment.at()));
            }
        }
    }

    private static Set<String> plus(EventFilter filter, String property) {
        var reads = new TreeSet<>(filter.where().keySet());
        reads.add(property);
        return reads;
    }

    private static long saturatingSum(long left, long right) {
        long sum = left + right;
        boolean overflown = ((left ^ sum) & (right ^ sum)) < 0;
        return overflown ? (left < 0 ? FactValues.LOWEST : Long.MAX_VALUE) : sum;
    }
}
