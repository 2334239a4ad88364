package io.tappa.engine.contact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a visitor was already shown, as far as caps need it.
 *
 * @param timesBySlot the newest decisions counted by each cap, oldest first, in milliseconds since 1970
 */
public record ContactHistory(SortedMap<Integer, List<Long>> timesBySlot) {
    /** Nothing shown yet. */
    public static final ContactHistory EMPTY = new ContactHistory(new TreeMap<>());

    public ContactHistory {
        timesBySlot = Collections.unmodifiableSortedMap(new TreeMap<>(timesBySlot));
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

    /** The history with one more decision counted by {@code cap}; older ones than it can count are forgotten. */
    public ContactHistory plus(FrequencyCap cap, Instant now) {
        var times = new ArrayList<>(timesBySlot.getOrDefault(cap.slot(), List.of()));
        times.add(now.toEpochMilli());
        Collections.sort(times);
        var more = new TreeMap<>(timesBySlot);
        more.put(cap.slot(), List.copyOf(times.subList(Math.max(0, times.size() - cap.times()), times.size())));
        return new ContactHistory(more);
    }

    /** What two visitors were shown who turned out to be one person. */
    public ContactHistory join(ContactHistory other) {
        var joined = new TreeMap<>(timesBySlot);
        other.timesBySlot.forEach((slot, times) -> joined.merge(slot, times, (ours, theirs) -> {
            var all = new ArrayList<>(ours);
            all.addAll(theirs);
            Collections.sort(all);
            return List.copyOf(all.subList(Math.max(0, all.size() - FrequencyCap.MOST_TIMES), all.size()));
        }));
        return new ContactHistory(joined);
    }
}
