package io.tappa.engine.fact;

import io.tappa.engine.fact.OrderCell.Order;
import io.tappa.engine.identity.Hashes;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The orders, as far as they have an {@code order_id}: placed, changed, cancelled, refunded, in any order of arrival.
 *
 * @param reading what of them the fact tells
 * @param unitsPerOne minor units per unit of the currency
 */
public record OrderAccumulator(Reading reading, long unitsPerOne) implements Accumulator {
    private static final String UPDATED = "Order Updated";
    private static final String CANCELLED = "Order Cancelled";
    private static final String REFUNDED = "Order Refunded";
    private static final String ORDER_ID = "order_id";
    private static final String TOTAL = "total";
    private static final String AMOUNT = "amount";

    /** What can be read from orders. */
    public enum Reading {
        /** How many were placed and not cancelled. */
        COUNT,
        /** What they are worth after refunds, in minor units. */
        VALUE,
        /** When the last one was placed, or how long ago. */
        LAST
    }

    @Override
    public String canonical() {
        return "orders " + unitsPerOne;
    }

    @Override
    public List<String> events() {
        return List.of(OrderLines.ORDERED, UPDATED, CANCELLED, REFUNDED);
    }

    @Override
    public Set<String> reads() {
        return Set.of(ORDER_ID, TOTAL, AMOUNT);
    }

    @Override
    public @Nullable Cell fold(@Nullable Cell cell, String event, long at, SortedMap<String, String> values) {
        var id = values.get(ORDER_ID);
        if (id == null || id.isEmpty()) {
            return cell;
        }
        var news = OrderCell.of(news(Order.heardOf(Hashes.first64(id), at), event, at, values));
        return cell == null ? news : join(cell, news);
    }

    private Order news(Order order, String event, long at, SortedMap<String, String> values) {
        long total = units(values.get(TOTAL));
        return switch (event) {
            case OrderLines.ORDERED -> valued(order.placed(at), at, total);
            case UPDATED -> valued(order, at, total);
            case CANCELLED -> order.withdrawn();
            default -> {
                long amount = total != FactValues.UNKNOWN ? total : units(values.get(AMOUNT));
                yield amount == FactValues.UNKNOWN ? order.returnedWhole() : order.refunded(Math.max(0, amount));
            }
        };
    }

    private static Order valued(Order order, long at, long total) {
        return total == FactValues.UNKNOWN ? order : order.worth(at, total);
    }

    private long units(@Nullable String text) {
        return text == null ? FactValues.UNKNOWN : Fact.units(text, unitsPerOne);
    }

    @Override
    public Cell join(Cell left, Cell right) {
        return ((OrderCell) left).plus((OrderCell) right);
    }

    /** The last order is the last; how many there were is not known without the first ones. */
    @Override
    public long wholeFrom(@Nullable Cell cell, long sinceMillis) {
        return reading == Reading.LAST ? 0 : Gathering.NEVER;
    }

    @Override
    public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
        var orders = cell instanceof OrderCell known ? known : new OrderCell(List.of(), OrderCell.Older.NONE);
        switch (reading) {
            case COUNT -> values.put(fact.index(), orders.count());
            case VALUE -> values.put(fact.index(), orders.value());
            case LAST -> putLast(orders.lastAt(), fact, values);
        }
    }

    private static void putLast(long lastAt, Fact fact, FactValues values) {
        if (lastAt != FactValues.UNKNOWN) {
            values.put(fact.index(), fact.type() == FactType.DATE ? lastAt : Math.max(0, values.nowMillis() - lastAt));
        }
    }
}
