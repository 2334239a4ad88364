package io.tappa.engine.visitor;

import io.tappa.engine.contact.ContactHistory;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What must be remembered of decisions, so that the next one can respect it.
 *
 * @param contacts what the contact policy counted
 * @param kept what stays at a placement for a while, by {@code touchpoint.placement}
 */
public record Memory(ContactHistory contacts, SortedMap<String, Kept> kept) {
    /** Nothing was decided yet. */
    public static final Memory NONE = new Memory(ContactHistory.EMPTY, new TreeMap<>());

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

    public Memory {
        kept = Collections.unmodifiableSortedMap(new TreeMap<>(kept));
    }

    /** The same with other counts. */
    public Memory with(ContactHistory counted) {
        return counted.equals(contacts) ? this : new Memory(counted, kept);
    }

    /** The same where {@code what} stays at {@code placement}; what may go at {@code nowMillis} is forgotten. */
    public Memory keeping(String placement, Kept what, long nowMillis) {
        var still = new TreeMap<>(kept);
        still.values().removeIf(other -> other.untilMillis() <= nowMillis);
        still.put(placement, what);
        return new Memory(contacts, still);
    }

    /** What was decided of two visitors who turned out to be one person. */
    public Memory join(Memory other) {
        var all = new TreeMap<>(kept);
        other.kept.forEach((place, what) ->
                all.merge(place, what, (one, two) -> Kept.ORDER.compare(one, two) >= 0 ? one : two));
        return new Memory(contacts.join(other.contacts), all);
    }
}
