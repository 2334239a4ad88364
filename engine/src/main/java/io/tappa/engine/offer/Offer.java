package io.tappa.engine.offer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something to present.
 *
 * @param key stable name
 * @param valueCents what a yes is worth, in minor units of the pack's currency
 * @param fromMillis first moment it may be presented, or {@link Long#MIN_VALUE}
 * @param untilMillis first moment it may no longer be presented, or {@link Long#MAX_VALUE}
 * @param group the offers it is counted and left out with, or null
 * @param terms on what terms it may be presented
 * @param content what it says: channel, then language, then field
 */
public record Offer(
        String key,
        long valueCents,
        long fromMillis,
        long untilMillis,
        @Nullable String group,
        OfferTerms terms,
        SortedMap<String, SortedMap<String, SortedMap<String, Template>>> content) {
    public Offer {
        content = Collections.unmodifiableSortedMap(new TreeMap<>(content));
    }

    /** Whether it may be presented at {@code nowMillis}. */
    public boolean isOpen(long nowMillis) {
        return fromMillis <= nowMillis && nowMillis < untilMillis;
    }
}
