package io.tappa.api.store;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import reactor.core.publisher.Mono;

/**
 * How much was sold of products, by the day, and what was bought together, of all nodes. For lists that people look at: a
 * node that dies takes its last second along, and what is sent again may count twice. Nothing of it is about anybody.
 */
public interface SalesCounts {
    /** How long a day is kept after it was last counted in. */
    Duration DAY_KEPT = Duration.ofDays(31);
    /** Most products of a day; those sold least go. */
    int MOST_A_DAY = 1_000;
    /** How long it is known what was bought with a product, after that last happened. */
    Duration TOGETHER_KEPT = Duration.ofDays(90);
    /** Most products of which it is known that they were bought with another one; those bought least go. */
    int MOST_TOGETHER = 50;

    /** Adds to the pieces sold on a day since 1970, by product. One round trip for each 1,000 products. */
    Mono<Void> sold(long day, Map<String, Long> pieces);

    /** The pieces sold on a day, by product; nothing for one that is not kept any more. One round trip. */
    Mono<SortedMap<String, Long>> sold(long day);

    /** Adds, for each product, how often others were in the same order. One round trip for each 50 products. */
    Mono<Void> together(Map<String, Map<String, Long>> orders);

    /** In how many orders others were together with {@code products}, added up. One round trip. */
    Mono<SortedMap<String, Long>> together(Collection<String> products);
}
