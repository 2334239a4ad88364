package io.tappa.engine.decision;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What to do at one placement, and why.
 *
 * @param placement name of the placement within its touchpoint
 * @param channel channel of the touchpoint
 * @param offer key of the offer to show, or null for nothing
 * @param content its texts by field, facts filled in
 * @param language language of the texts, or null without an offer
 * @param rule id of the rule that led here, or null for the fallback
 * @param why what led to it: the verdict of the winner, else of the best candidate, else why there is none
 * @param fallback whether no candidate won and the declared fallback stands in
 * @param judged every candidate, best first, with its verdict
 */
public record PlacementDecision(
        String placement,
        String channel,
        @Nullable String offer,
        SortedMap<String, String> content,
        @Nullable String language,
        @Nullable String rule,
        Verdict why,
        boolean fallback,
        List<Judged> judged) {
    public PlacementDecision {
        content = Collections.unmodifiableSortedMap(new TreeMap<>(content));
        judged = List.copyOf(judged);
    }
}
