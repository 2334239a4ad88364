package io.tappa.engine.fact;

import io.tappa.engine.fact.Cell.Moment;
import io.tappa.engine.fact.Cell.Tally;
import io.tappa.engine.identity.Hashes;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A way of gathering a fact from events, one at a time, in any order.
 *
 * <p>Its {@link #canonical()} text names what it gathers: a changed definition is another accumulator and starts anew.
 */
public sealed interface Accumulator
        permits ArrivalAccumulator,
                AssignmentAccumulator,
                BasketAccumulator,
                ConsentAccumulator,
                NewsAccumulator,
                OrderAccumulator,
                PatternAccumulator,
                TouchAccumulator,
                TraitAccumulator,
                ViewedAccumulator,
                ZoneAccumulator,
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

    /**
     * From which moment on {@code cell} says all it has to, though it was gathered only since {@code sinceMillis}; {@link
     * Gathering#NEVER} when what was missed before then matters for ever.
     */
    default long wholeFrom(@Nullable Cell cell, long sinceMillis) {
        return Gathering.NEVER;
    }

    /** Whether {@code cell} holds as much as it may, so that more would no longer be told apart. */
    default boolean isSaturated(Cell cell) {
        return false;
    }

    /** Forgets what no window can see at or after {@code horizonMillis}. */
    default Cell prune(Cell cell, long horizonMillis) {
        return cell;
    }

    /** The key of its cell in a lane. */
    default int slot() {
        return Hashes.first32(canonical());
    }

    /** Accumulators over the events that pass one filter. */
    sealed interface OfEvents extends Accumulator
            permits CountEver, SumEver, Edge, AnswerAccumulator, NewestAccumulator {
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
            return filter.readsAlso(property);
        }

        @Override
        public @Nullable Cell gather(@Nullable Cell cell, long at, SortedMap<String, String> values) {
            var text = values.get(property);
            long units = text == null ? FactValues.UNKNOWN : Fact.units(text, unitsPerOne);
            if (units == FactValues.UNKNOWN) {
                return cell;
            }
            return new Tally(cell instanceof Tally tally ? Fact.saturatingSum(tally.total(), units) : units);
        }

        @Override
        public Cell join(Cell left, Cell right) {
            return new Tally(Fact.saturatingSum(((Tally) left).total(), ((Tally) right).total()));
        }

        @Override
        public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
            values.put(fact.index(), cell instanceof Tally tally ? tally.total() : 0);
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
            return filter.readsAlso(property);
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

        /** The last one is the last, whatever was missed before it. */
        @Override
        public long wholeFrom(@Nullable Cell cell, long sinceMillis) {
            return earliest ? Gathering.NEVER : 0;
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
}
