package io.tappa.engine.fact;

import io.tappa.engine.fact.Cell.Basket;
import io.tappa.engine.fact.Cell.BasketChange;
import io.tappa.engine.fact.ProductList.Product;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The basket: what was added and removed since its content was last known for certain. An order empties it; an event with a
 * list of {@code products} says what is in it, as of its time.
 *
 * @param reading what of it the fact tells
 * @param unitsPerOne minor units per unit of the currency
 */
public record BasketAccumulator(Reading reading, long unitsPerOne) implements Accumulator {
    private static final String ADDED = "Product Added";
    private static final String REMOVED = "Product Removed";
    private static final List<String> EMPTYING = List.of(OrderLines.ORDERED, "Cart Emptied", "Cart Cleared");
    private static final List<String> STATING = List.of("Cart Viewed", "Checkout Started");
    /** The products of a stated basket: a line each, with product, pieces and price in minor units. */
    private static final String STATED = "@basket";

    /** Stands for a product of which only the price was said. */
    static final String NO_PRODUCT = "?";

    /** In minor units; with the bounds on pieces and changes no basket value overflows. */
    private static final long HIGHEST_PRICE = 1_000_000_000_000L;

    /** What can be read from a basket. */
    public enum Reading {
        /** Price × quantity of all in it, in minor units; unknown while a price is missing. */
        VALUE,
        /** Pieces in it. */
        ITEMS
    }

    /** What gathers a basket, whatever is read from it. */
    static BasketAccumulator any(long unitsPerOne) {
        return new BasketAccumulator(Reading.ITEMS, unitsPerOne);
    }

    @Override
    public String canonical() {
        return "basket " + unitsPerOne;
    }

    @Override
    public List<String> events() {
        return Stream.of(List.of(ADDED, REMOVED), EMPTYING, STATING)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Set<String> reads() {
        return Set.of("price", "product_id", "quantity", "sku");
    }

    @Override
    public void digest(String event, SortedMap<String, String> values, Map<String, String> kept) {
        var products = STATING.contains(event) ? ProductList.of(values) : List.<Product>of();
        var lines = products.stream().map(this::line).collect(Collectors.joining("\n"));
        kept.compute(STATED, (name, sent) -> lines.isEmpty() ? null : lines);
    }

    private String line(Product product) {
        var id = product(product).replace('\t', ' ').replace('\n', ' ');
        return "%s\t%s\t%s".formatted(id, OrderLines.pieces(product), price(product));
    }

    @Override
    public @Nullable Cell fold(@Nullable Cell cell, String event, long at, SortedMap<String, String> values) {
        var basket = cell instanceof Basket known ? known : Basket.EMPTY;
        if (EMPTYING.contains(event)) {
            return basket.plus(new Basket(at, List.of()));
        }
        if (STATING.contains(event)) {
            var stated = values.get(STATED);
            return stated == null ? cell : basket.plus(new Basket(at, stated(stated, at)));
        }
        var product = ProductList.itself(values);
        long pieces = OrderLines.pieces(product);
        var change = new BasketChange(at, product(product), event.equals(ADDED) ? pieces : -pieces, price(product));
        return basket.plus(change);
    }

    private static List<BasketChange> stated(String lines, long at) {
        var changes = new ArrayList<BasketChange>();
        for (var line : lines.split("\n", -1)) {
            var parts = line.split("\t", -1);
            changes.add(new BasketChange(at, parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])));
        }
        changes.sort(BasketChange.ORDER);
        return changes;
    }

    private static String product(Product product) {
        var id = product.id();
        return id == null ? NO_PRODUCT : FactCatalog.shortened(id, OrderLines.LONGEST_PRODUCT);
    }

    private long price(Product product) {
        return Fact.units(product.valueOr("price", ""), unitsPerOne);
    }

    @Override
    public Cell join(Cell left, Cell right) {
        return ((Basket) left).plus((Basket) right);
    }

    /** Once the basket was emptied or listed, nothing before that matters. */
    @Override
    public long wholeFrom(@Nullable Cell cell, long sinceMillis) {
        boolean isKnown = cell instanceof Basket basket && basket.clearedAt() != FactValues.UNKNOWN;
        return isKnown ? 0 : Gathering.NEVER;
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
