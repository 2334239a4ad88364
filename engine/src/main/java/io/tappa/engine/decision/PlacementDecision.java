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
 * @param choices what to show, the best first; empty for nothing, more than one only where the placement is a list
 * @param why what led to it: the verdict of the winner, else of the best candidate, else why there is none
 * @param fallback whether no candidate won and the declared fallback stands in
 * @param experiments the visitor's variation of each experiment that runs there
 * @param judged every candidate, best first, with its verdict
 */
public record PlacementDecision(
        String placement,
        String channel,
        List<Choice> choices,
        Verdict why,
        boolean fallback,
        SortedMap<String, String> experiments,
        List<Judged> judged) {
    public PlacementDecision {
        choices = List.copyOf(choices);
        experiments = Collections.unmodifiableSortedMap(new TreeMap<>(experiments));
        judged = List.copyOf(judged);
    }

    private @Nullable Choice first() {
        return choices.isEmpty() ? null : choices.get(0);
    }

    /** Key of the best offer, or null for nothing. */
    public @Nullable String offer() {
        var first = first();
        return first == null ? null : first.offer();
    }

    /** The texts of the best offer; empty for nothing. */
    public SortedMap<String, String> content() {
        var first = first();
        return first == null ? Collections.unmodifiableSortedMap(new TreeMap<>()) : first.content();
    }

    /** Language of the best offer's texts, or null for nothing. */
    public @Nullable String language() {
        var first = first();
        return first == null ? null : first.language();
    }

    /** Id of the rule that led to the best offer, or null for nothing and for the fallback. */
    public @Nullable String rule() {
        var first = first();
        return first == null ? null : first.rule();
    }
}
