package io.tappa.api.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The product catalogue, and a log of what got cheaper or dearer, came back or is gone. */
public interface ProductStore {
    /** The availability of what can be bought now. */
    String IN_STOCK = "in_stock";
    /** What cannot be bought now; what can be ordered is not sold out. */
    String SOLD_OUT = "out_of_stock";

    /**
     * One product.
     *
     * @param id the product_id of events
     * @param priceMinor what it costs now in minor units, or null when nobody said
     * @param availability in_stock, out_of_stock, preorder or backorder, or null when nobody said
     * @param json all that is kept of it, with {@code priceMinor} and {@code availability}
     */
    record Product(
            String id, @Nullable Long priceMinor, @Nullable String availability, String json) {}

    /** The place before all changes. */
    String BEGINNING = "0-0";

    /** What may change. */
    enum ChangeKind {
        CHEAPER,
        DEARER,
        /** It can be bought again. */
        BACK,
        /** It can no longer be bought. */
        GONE
    }

    /**
     * One change of a product.
     *
     * @param id its place among all changes
     * @param atMillis when it was stored, in milliseconds since 1970
     * @param product id of the product
     * @param kind what changed
     */
    record Change(String id, long atMillis, String product, ChangeKind kind) {}

    /** Some hundred changes after the one at the place {@code after}, in order; none when there are no more. One round trip. */
    Mono<List<Change>> changes(String after);

    /** What is kept of those of {@code products} that are known: JSON by id. One round trip. */
    Mono<Map<String, String>> find(Collection<String> products);

    /** Those of {@code products} that are known to be sold out. One round trip. */
    Mono<SortedSet<String>> soldOut(Collection<String> products);

    /** Puts products into the catalogue and answers how many of them were not known like this. One round trip. */
    Mono<Integer> put(List<Product> products);
}
