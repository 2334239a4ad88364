package io.tappa.engine.fact;

import io.tappa.engine.fact.Cell.Basket;
import io.tappa.engine.fact.Cell.BasketChange;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The basket: what was added and removed since the last order.
 *
 * @param reading what of it the fact tells
 * @param unitsPerOne minor units per unit of the currency
 */
public record BasketAccumulator(Reading reading, long unitsPerOne) implements Accumulator {
    private static final String ADDED = "Product Added";
    private static final String REMOVED = "Product Removed";
    private static final String ORDERED = "Order Completed";
    private static final int LONGEST_PRODUCT = 50;
    private static final long MOST_PIECES = 100_000;
    /** In minor units; with the bounds on pieces and changes no basket value overflows. */
    private static final long HIGHEST_PRICE = 1_000_000_000_000L;

    /** What can be read from a basket. */
    public enum Reading {
        /** Price × quantity of all in it, in minor units; unknown while a price is missing. */
        VALUE,
        /** Pieces in it. */
        ITEMS
    }

    @Override
    public String canonical() {
        return "basket " + unitsPerOne;
    }

    @Override
    public List<String> events() {
        return List.of(ADDED, REMOVED, ORDERED);
    }

    @Override
    public Set<String> reads() {
        return Set.of("price", "product_id", "quantity", "sku");
    }

    @Override
    public @Nullable Cell fold(@Nullable Cell cell, String event, long at, SortedMap<String, String> values) {
        var basket = cell instanceof Basket known ? known : Basket.EMPTY;
        if (event.equals(ORDERED)) {
            return basket.plus(new Basket(at, List.of()));
        }
        var product = values.getOrDefault("product_id", values.getOrDefault("sku", "?"));
        var shortened = product.length() <= LONGEST_PRODUCT ? product : product.substring(0, LONGEST_PRODUCT);
        long quantity = Fact.units(values.getOrDefault("quantity", "1"), 1);
        long pieces = quantity == FactValues.UNKNOWN ? 1 : Math.max(0, Math.min(quantity, MOST_PIECES));
        long price = Fact.units(values.getOrDefault("price", ""), unitsPerOne);
        var change = new BasketChange(at, shortened, event.equals(ADDED) ? pieces : -pieces, price);
        return basket.plus(new Basket(FactValues.UNKNOWN, List.of(change)));
    }

    @Override
    public Cell join(Cell left, Cell right) {
        return ((Basket) left).plus((Basket) right);
    }

    @Override
    public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
        values.put(fact.index(), cell instanceof Basket basket ? total(basket) : 0);
    }

    private long total(Basket basket) {
        long total = 0;
        for (var line : basket.lines()) {
            if (reading == Reading.ITEMS) {
                total += line.quantity;
            } else if (line.price == FactValues.UNKNOWN) {
                return FactValues.UNKNOWN;
            } else {
                total += line.quantity * Math.max(-HIGHEST_PRICE, Math.min(line.price, HIGHEST_PRICE));
            }
        }
        return total;
    }
}
