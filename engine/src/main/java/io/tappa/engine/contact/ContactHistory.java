package io.tappa.engine.contact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a visitor was already shown, as far as the contact policy needs it.
 *
 * @param timesBySlot the newest decisions counted by each cap, oldest first, in milliseconds since 1970
 * @param spent pressure by the moment from which it lapses, in hundredths of points
 * @param given the newest offer of each group whose offers exclude each other
 */
public record ContactHistory(
        SortedMap<Integer, List<Long>> timesBySlot, SortedMap<Long, Long> spent, SortedMap<Integer, Given> given) {
    /** Nothing shown yet. */
    public static final ContactHistory EMPTY = new ContactHistory(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    /**
     * What was given last of a group.
     *
     * @param offer hash of the offer's key
     * @param atMillis when, in milliseconds since 1970
     */
    public record Given(int offer, long atMillis) {
        private static final Comparator<Given> ORDER =
                Comparator.comparingLong(Given::atMillis).thenComparingInt(Given::offer);

        private static Given later(Given left, Given right) {
            return ORDER.compare(left, right) >= 0 ? left : right;
        }
    }

    public ContactHistory {
        timesBySlot = Collections.unmodifiableSortedMap(new TreeMap<>(timesBySlot));
        spent = Collections.unmodifiableSortedMap(new TreeMap<>(spent));
        given = Collections.unmodifiableSortedMap(new TreeMap<>(given));
    }

    /** When the decisions were that the cap at {@code slot} counted after {@code start}, oldest first. */
    List<Long> since(int slot, Instant start) {
        var times = timesBySlot.getOrDefault(slot, List.of());
        int first = 0;
        while (first < times.size() && times.get(first) <= start.toEpochMilli()) {
            first++;
        }
        return times.subList(first, times.size());
    }

    /** What was spent after {@code startMillis}, in hundredths of points. */
    long spentAfter(long startMillis) {
        long sum = 0;
        for (long points : spent.tailMap(startMillis + 1).values()) {
            sum += points;
        }
        return sum;
    }

    /** The history with one more that {@code cap} counts at {@code now}; older ones than it can count are forgotten. */
    public ContactHistory plus(FrequencyCap cap, Instant now) {
        return plus(cap.slot(), now.toEpochMilli(), cap.times());
    }

    boolean has(int slot, long millis) {
        return timesBySlot.getOrDefault(slot, List.of()).contains(millis);
    }

    /** The history with one more at {@code slot}; of more than {@code most} the older ones are forgotten. */
    ContactHistory plus(int slot, long millis, int most) {
        var times = new ArrayList<>(timesBySlot.getOrDefault(slot, List.of()));
        times.add(millis);
        Collections.sort(times);
        return at(slot, times.subList(Math.max(0, times.size() - most), times.size()));
    }

    /** The history with one less at {@code slot}. */
    ContactHistory minus(int slot, long millis) {
        var times = new ArrayList<>(timesBySlot.getOrDefault(slot, List.of()));
        times.remove(millis);
        return at(slot, times);
    }

    private ContactHistory at(int slot, List<Long> times) {
        var more = new TreeMap<>(timesBySlot);
        if (times.isEmpty()) {
            more.remove(slot);
        } else {
            more.put(slot, List.copyOf(times));
        }
        return new ContactHistory(more, spent, given);
    }

    /** The history with {@code points} more at {@code noted}; what was spent up to {@code startMillis} is forgotten. */
    ContactHistory spending(long noted, long points, long startMillis) {
        var more = new TreeMap<>(spent.tailMap(startMillis + 1));
        more.merge(noted, points, Long::sum);
        return new ContactHistory(timesBySlot, more, given);
    }

    /** The history where {@code what} was given last of the group at {@code slot}. */
    ContactHistory giving(int slot, Given what) {
        var more = new TreeMap<>(given);
        more.merge(slot, what, Given::later);
        return new ContactHistory(timesBySlot, spent, more);
    }

    /** What two visitors were shown who turned out to be one person. */
    public ContactHistory join(ContactHistory other) {
        var times = new TreeMap<>(timesBySlot);
        other.timesBySlot.forEach((slot, more) -> times.merge(slot, more, (ours, theirs) -> {
            var all = new ArrayList<>(ours);
            all.addAll(theirs);
            Collections.sort(all);
            return List.copyOf(all.subList(Math.max(0, all.size() - FrequencyCap.MOST_TIMES), all.size()));
        }));
        var points = new TreeMap<>(spent);
        other.spent.forEach((noted, more) -> points.merge(noted, more, Long::sum));
        var newest = new TreeMap<>(given);
        other.given.forEach((slot, what) -> newest.merge(slot, what, Given::later));
        return new ContactHistory(times, points, newest);
    }
}
