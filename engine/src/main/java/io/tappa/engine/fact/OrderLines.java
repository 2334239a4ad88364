package io.tappa.engine.fact;

import io.tappa.engine.fact.ProductList.Product;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What an order holds, as far as its event tells. */
public final class OrderLines {
    /** The event of an order. */
    public static final String ORDERED = "Order Completed";
    /** Most lines of an order that are read. */
    public static final int MOST_LINES = 200;
    /** Longest id of a product, in characters; longer ones are in no feed. */
    public static final int LONGEST_PRODUCT = 50;

    private static final long MOST_PIECES = 100_000;

    private OrderLines() {}

    /** How many pieces of each product an order holds whose event has {@code values}, in the order of its list. */
    public static Map<String, Long> pieces(SortedMap<String, String> values) {
        var listed = ProductList.of(values, MOST_LINES);
        var pieces = new LinkedHashMap<String, Long>();
        for (var product : listed.isEmpty() ? List.of(ProductList.itself(values)) : listed) {
            var id = product.id();
            if (id != null && !id.isBlank() && id.trim().length() <= LONGEST_PRODUCT) {
                pieces.merge(id.trim(), pieces(product), Long::sum);
            }
        }
        pieces.values().removeIf(count -> count == 0);
        return pieces;
    }

    /** How many pieces of a product a line says; one where it says none. */
    static long pieces(Product product) {
        long quantity = Fact.units(product.valueOr("quantity", "1"), 1);
        return quantity == FactValues.UNKNOWN ? 1 : Math.max(0, Math.min(quantity, MOST_PIECES));
    }
}
