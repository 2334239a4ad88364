package io.tappa.api.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The product catalogue, and a log of what got cheaper or came back. */
public interface ProductStore {
    /** The availability of what can be bought now. */
    String IN_STOCK = "in_stock";

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

    /** Puts products into the catalogue and answers how many of them were not known like this. One round trip. */
    Mono<Integer> put(List<Product> products);
}
