package io.tappa.engine.decision;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An offer to show.
 *
 * @param offer key of the offer
 * @param rule id of the rule that led here, or null for the fallback
 * @param language language of the texts
 * @param content its texts by field, facts filled in
 * @param products its lists of products by field, ids in the order in which they are shown
 */
public record Choice(
        String offer,
        @Nullable String rule,
        String language,
        SortedMap<String, String> content,
        SortedMap<String, List<String>> products) {
    public Choice {
        content = Collections.unmodifiableSortedMap(new TreeMap<>(content));
        products = Collections.unmodifiableSortedMap(new TreeMap<>(products));
    }
}
