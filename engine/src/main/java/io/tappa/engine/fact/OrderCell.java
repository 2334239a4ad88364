package io.tappa.engine.fact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The orders of a visitor.
 *
 * @param orders the newest {@value #MOST_ORDERS} orders, oldest first
 * @param older all orders before them, in a total that no later news of them changes
 */
public record OrderCell(List<Order> orders, Older older) implements Cell {
    /** Most orders kept one by one. */
    public static final int MOST_ORDERS = 50;

    private static final Comparator<Order> ORDER =
            Comparator.comparingLong(Order::firstAt).thenComparingLong(Order::id);

    public OrderCell {
        orders = List.copyOf(orders);
    }

    /**
     * All that was heard of one order, in any order.
     *
     * @param id hash of its id
     * @param firstAt time of the first news of it, in milliseconds since 1970
     * @param completedAt when it was placed, or unknown as long as only later news arrived
     * @param totalAt time of the newest total, or unknown
     * @param total the newest total in minor units
     * @param refunded sum of all amounts refunded, in minor units
     * @param returned whether all of it was refunded
     * @param cancelled whether it was cancelled
     */
    public record Order(
            long id,
            long firstAt,
            long completedAt,
            long totalAt,
            long total,
            long refunded,
            boolean returned,
            boolean cancelled) {
        /** Nothing but some news at {@code atMillis}. */
        static Order heardOf(long id, long atMillis) {
            return new Order(id, atMillis, FactValues.UNKNOWN, FactValues.UNKNOWN, 0, 0, false, false);
        }

        Order placed(long atMillis) {
            return new Order(id, firstAt, atMillis, totalAt, total, refunded, returned, cancelled);
        }

        Order worth(long atMillis, long units) {
            return new Order(id, firstAt, completedAt, atMillis, units, refunded, returned, cancelled);
        }

        Order refunded(long units) {
            return new Order(id, firstAt, completedAt, totalAt, total, units, returned, cancelled);
        }

        Order returnedWhole() {
            return new Order(id, firstAt, completedAt, totalAt, total, refunded, true, cancelled);
        }

        Order withdrawn() {
            return new Order(id, firstAt, completedAt, totalAt, total, refunded, returned, true);
        }

        Order plus(Order more) {
            boolean newer = totalAt != more.totalAt ? totalAt > more.totalAt : total >= more.total;
            return new Order(
                    id,
                    Math.min(firstAt, more.firstAt),
                    earliest(completedAt, more.completedAt),
                    newer ? totalAt : more.totalAt,
                    newer ? total : more.total,
                    Fact.saturatingSum(refunded, more.refunded),
                    returned || more.returned,
                    cancelled || more.cancelled);
        }

        private static long earliest(long one, long other) {
            if (one == FactValues.UNKNOWN || other == FactValues.UNKNOWN) {
                return Math.max(one, other);
            }
            return Math.min(one, other);
        }

        /** Whether it counts as an order: it was placed and not cancelled. */
        boolean counts() {
            return completedAt != FactValues.UNKNOWN && !cancelled;
        }

        /** What it is worth in minor units, never below 0. */
        long value() {
            return counts() && !returned ? Math.max(0, total - refunded) : 0;
        }
    }

    /**
     * What remains of the orders that are no longer kept one by one.
     *
     * @param count how many counted
     * @param value what they were worth, in minor units
     * @param lastAt when the last of them was placed, or unknown
     */
    public record Older(long count, long value, long lastAt) {
        static final Older NONE = new Older(0, 0, FactValues.UNKNOWN);

        Older plus(Older more) {
            return new Older(count + more.count, Fact.saturatingSum(value, more.value), Math.max(lastAt, more.lastAt));
        }

        Older plus(Order order) {
            return order.counts() ? plus(new Older(1, order.value(), order.completedAt())) : this;
        }
    }

    static OrderCell of(Order order) {
        return new OrderCell(List.of(order), Older.NONE);
    }

    OrderCell plus(OrderCell more) {
        var byId = new TreeMap<Long, Order>();
        addAll(byId, orders);
        addAll(byId, more.orders);
        var all = new ArrayList<>(byId.values());
        all.sort(ORDER);
        var before = older.plus(more.older);
        int gone = Math.max(0, all.size() - MOST_ORDERS);
        for (var order : all.subList(0, gone)) {
            before = before.plus(order);
        }
        return new OrderCell(all.subList(gone, all.size()), before);
    }

    private static void addAll(TreeMap<Long, Order> byId, Collection<Order> orders) {
        orders.forEach(order -> byId.merge(order.id(), order, Order::plus));
    }

    /** How many orders count. */
    long count() {
        return older.count() + orders.stream().filter(Order::counts).count();
    }

    /** What they are worth together, in minor units. */
    long value() {
        long value = older.value();
        for (var order : orders) {
            value = Fact.saturatingSum(value, order.value());
        }
        return value;
    }

    /** When the last of them was placed, or unknown. */
    long lastAt() {
        return orders.stream()
                .filter(Order::counts)
                .mapToLong(Order::completedAt)
                .reduce(older.lastAt(), Math::max);
    }
}
