package io.tappa.engine.pause;

import io.tappa.engine.pause.Pause.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is paused; each pause ends by itself when its time has come.
 *
 * @param byWhat the pauses, by what they hold
 */
public record Pauses(SortedMap<String, Pause> byWhat) {
    /** Nothing is paused. */
    public static final Pauses NONE = new Pauses(new TreeMap<>());

    public Pauses {
        byWhat = Collections.unmodifiableSortedMap(new TreeMap<>(byWhat));
    }

    /**
     * The pause that holds a candidate at {@code nowMillis}, or null: the widest of them, everything before the channel, a
     * campaign, the offer and the rule.
     *
     * @param rule id of the rule that wants to show the offer, or null where none does, as with a fallback
     */
    public @Nullable Pause holding(
            @Nullable String rule, String offer, List<String> campaigns, String channel, long nowMillis) {
        if (byWhat.isEmpty()) {
            return null;
        }
        var widestFirst = new ArrayList<String>();
        widestFirst.add(Pause.EVERYTHING);
        widestFirst.add(Kind.CHANNEL.named(channel));
        campaigns.forEach(campaign -> widestFirst.add(Kind.CAMPAIGN.named(campaign)));
        widestFirst.add(Kind.OFFER.named(offer));
        if (rule != null) {
            widestFirst.add(Kind.RULE.named(rule));
        }
        for (var what : widestFirst) {
            var pause = holding(what, nowMillis);
            if (pause != null) {
                return pause;
            }
        }
        return null;
    }

    /** The pause of exactly {@code what} that holds at {@code nowMillis}, or null: how a rule that keeps something away is. */
    public @Nullable Pause holding(String what, long nowMillis) {
        var pause = byWhat.get(what);
        return pause != null && pause.holds(nowMillis) ? pause : null;
    }

    /** These and {@code pause}, which takes the place of an earlier one of the same thing. */
    public Pauses with(Pause pause) {
        var all = new TreeMap<>(byWhat);
        all.put(pause.what(), pause);
        return new Pauses(all);
    }

    /** These without the pause of {@code what}. */
    public Pauses without(String what) {
        var all = new TreeMap<>(byWhat);
        all.remove(what);
        return new Pauses(all);
    }
}
