package io.tappa.engine.visitor;

import io.tappa.engine.contact.ContactHistory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What must be remembered of decisions and of what people made of them, so that the next one can respect it.
 *
 * @param contacts what the contact policy counted
 * @param kept what stays at a placement for a while, by {@code touchpoint.placement}
 * @param dismissed when an offer was dismissed last, by its key, in milliseconds since 1970; the newest {@value #MOST_DISMISSED}
 * @param shown the newest {@value #MOST_SHOWN} offers that were seen, oldest first
 * @param outcomes what became of somebody who is part of a comparison, by its name; {@value #MOST_OUTCOMES} at most
 */
public record Memory(
        ContactHistory contacts,
        SortedMap<String, Kept> kept,
        SortedMap<String, Long> dismissed,
        List<Shown> shown,
        SortedMap<String, Outcome> outcomes) {
    /** Most offers seen that are remembered. */
    public static final int MOST_SHOWN = 8;
    /** Most dismissed offers that are remembered. */
    public static final int MOST_DISMISSED = 50;
    /** Most comparisons somebody can be part of. */
    public static final int MOST_OUTCOMES = 20;
    /** Nothing was decided yet. */
    public static final Memory NONE =
            new Memory(ContactHistory.EMPTY, new TreeMap<>(), new TreeMap<>(), List.of(), new TreeMap<>());

    /**
     * What stays at a placement.
     *
     * @param offers keys of the offers, the first first
     * @param untilMillis the first moment at which something else may stand there, in milliseconds since 1970
     */
    public record Kept(List<String> offers, long untilMillis) {
        private static final Comparator<Kept> ORDER =
                Comparator.comparingLong(Kept::untilMillis).thenComparing(kept -> String.join(" ", kept.offers()));

        public Kept {
            offers = List.copyOf(offers);
        }
    }

    /**
     * An offer that was seen.
     *
     * @param offer key of the offer
     * @param placement where, as {@code touchpoint.placement}
     * @param stage the visitor's stage then, empty where there was none
     * @param atMillis when it was seen or clicked last, in milliseconds since 1970
     * @param clicked whether it was clicked
     */
    public record Shown(String offer, String placement, String stage, long atMillis, boolean clicked) {
        private static final Comparator<Shown> ORDER = Comparator.comparingLong(Shown::atMillis)
                .thenComparing(Shown::offer)
                .thenComparing(Shown::placement)
                .thenComparing(Shown::clicked);

        private boolean isSame(Shown other) {
            return offer.equals(other.offer) && placement.equals(other.placement);
        }
    }

    /**
     * What became of somebody who is part of a comparison.
     *
     * @param arm what they got: a variation, or whether they are held out
     * @param sinceMillis since when, in milliseconds since 1970
     * @param reached how often they reached its goal
     * @param value what that was worth in all, in minor units of the currency
     */
    public record Outcome(String arm, long sinceMillis, long reached, long value) {
        private static final Comparator<Outcome> FIRST = Comparator.comparingLong(Outcome::sinceMillis)
                .thenComparing(Outcome::arm)
                .thenComparingLong(Outcome::reached)
                .thenComparingLong(Outcome::value);
    }

    public Memory {
        kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
        dismissed = Collections.unmodifiableSortedMap(new TreeMap<>(dismissed));
        shown = List.copyOf(shown);
        outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
    }

    /** The same with other counts. */
    public Memory with(ContactHistory counted) {
        return counted.equals(contacts) ? this : new Memory(counted, kept, dismissed, shown, outcomes);
    }

    /** The same where {@code what} stays at {@code placement}; what may go at {@code nowMillis} is forgotten. */
    public Memory keeping(String placement, Kept what, long nowMillis) {
        var still = new TreeMap<>(kept);
        still.values().removeIf(other -> other.untilMillis() <= nowMillis);
        still.put(placement, what);
        return new Memory(contacts, still, dismissed, shown, outcomes);
    }

    /** The same where {@code offer} was dismissed at {@code atMillis}. */
    public Memory dismissing(String offer, long atMillis) {
        var more = new TreeMap<>(dismissed);
        more.merge(offer, atMillis, Math::max);
        return new Memory(contacts, kept, newest(more), shown, outcomes);
    }

    private static SortedMap<String, Long> newest(TreeMap<String, Long> dismissed) {
        while (dismissed.size() > MOST_DISMISSED) {
            dismissed.remove(Collections.min(
                            dismissed.entrySet(),
                            Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .getKey());
        }
        return dismissed;
    }

    /** The same where {@code what} was seen; a click is not forgotten when it is seen again. */
    public Memory seeing(Shown what) {
        var before = shown.stream().filter(what::isSame).findFirst().orElse(what);
        var newest = new Shown(
                what.offer(),
                what.placement(),
                what.stage(),
                Math.max(what.atMillis(), before.atMillis()),
                what.clicked() || before.clicked());
        var more = new ArrayList<>(shown);
        more.removeIf(what::isSame);
        more.add(newest);
        return new Memory(contacts, kept, dismissed, bounded(more), outcomes);
    }

    private static List<Shown> bounded(List<Shown> shown) {
        var sorted = shown.stream().sorted(Shown.ORDER).toList();
        return sorted.subList(Math.max(0, sorted.size() - MOST_SHOWN), sorted.size());
    }

    /** The same with this outcome of the comparison called {@code name}; of too many the newest is left out. */
    public Memory with(String name, Outcome outcome) {
        if (!outcomes.containsKey(name) && outcomes.size() >= MOST_OUTCOMES) {
            return this;
        }
        var more = new TreeMap<>(outcomes);
        more.put(name, outcome);
        return new Memory(contacts, kept, dismissed, shown, more);
    }

    /** What was decided of two visitors who turned out to be one person. */
    public Memory join(Memory other) {
        var all = new TreeMap<>(kept);
        other.kept.forEach((place, what) ->
                all.merge(place, what, (one, two) -> Kept.ORDER.compare(one, two) >= 0 ? one : two));
        var never = new TreeMap<>(dismissed);
        other.dismissed.forEach((offer, at) -> never.merge(offer, at, Math::max));
        var both = new Memory(contacts.join(other.contacts), all, newest(never), shown, outcomes);
        for (var one : other.shown) {
            both = both.seeing(one);
        }
        for (var outcome : other.outcomes.entrySet()) {
            var own = outcomes.get(outcome.getKey());
            boolean first = own == null || Outcome.FIRST.compare(outcome.getValue(), own) < 0;
            both = first ? both.with(outcome.getKey(), outcome.getValue()) : both;
        }
        return both;
    }
}
