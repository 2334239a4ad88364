package io.tappa.engine.offer;

import io.tappa.engine.fact.Fact;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
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

    /** What stands in its texts, of all channels and languages. */
    public Stream<Fact> factsInTexts() {
        return content.values().stream()
                .flatMap(byLanguage -> byLanguage.values().stream())
                .flatMap(byField -> byField.values().stream())
                .flatMap(template -> template.parts().stream())
                .map(Template.Part::fact)
                .filter(Objects::nonNull);
    }

    /** Whether it may be presented at {@code nowMillis}. */
    public boolean isOpen(long nowMillis) {
        return fromMillis <= nowMillis && nowMillis < untilMillis;
    }
}
