package io.tappa.engine.fact;

import io.tappa.engine.identity.Hashes;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * When the first event of somebody arrived, by the service's own clock; kept for every pack. What is gathered only since a
 * certain day is whole for those who came later.
 */
public record ArrivalAccumulator() implements Accumulator {
    /** The key of the cell in every lane. */
    public static final int SLOT = Hashes.first32("arrival");

    /** No event is called so. */
    static final String NO_EVENT = "";

    private static final long MINUTE = 60_000;

    /** What a lane holds to whom the first event arrived at {@code receivedMillis}; the minute is enough. */
    public static Cell cell(long receivedMillis) {
        return new Cell.Tally(receivedMillis / MINUTE);
    }

    /** When the first of the events in {@code cells} arrived, or 0 when that is not known. */
    public static long millis(Map<Integer, Cell> cells) {
        return cells.get(SLOT) instanceof Cell.Tally minute ? minute.total() * MINUTE : 0;
    }

    @Override
    public String canonical() {
        return "arrival";
    }

    /** No event changes it: the lane is made with it. */
    @Override
    public List<String> events() {
        return List.of(NO_EVENT);
    }

    @Override
    public Set<String> reads() {
        return Set.of();
    }

    @Override
    public @Nullable Cell fold(@Nullable Cell cell, String event, long at, SortedMap<String, String> values) {
        return cell;
    }

    /** The earlier one. */
    @Override
    public Cell join(Cell left, Cell right) {
        return ((Cell.Tally) left).total() <= ((Cell.Tally) right).total() ? left : right;
    }

    @Override
    public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
        values.forget(fact.index());
    }
}
