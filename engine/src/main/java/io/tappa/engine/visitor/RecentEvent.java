package io.tappa.engine.visitor;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identity;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An event still inside the reorder window: another one may yet come before it.
 *
 * @param atMillis event time in milliseconds since 1970
 * @param messageId its id
 * @param name what happened
 * @param lane the id under which it happened
 * @param values those of its values that some fact reads
 * @param steps the time-outs that passed before it, then what it changed itself, one per journey at most; provisional
 *     while it is in the window
 */
public record RecentEvent(
        long atMillis,
        String messageId,
        String name,
        Identity lane,
        SortedMap<String, String> values,
        List<Step> steps) {
    /** The one order of events: time, then message id. */
    public static final Comparator<RecentEvent> ORDER =
            Comparator.comparingLong(RecentEvent::atMillis).thenComparing(RecentEvent::messageId);

    public RecentEvent {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        steps = List.copyOf(steps);
    }

    /** The same event, of which other values are kept. */
    public RecentEvent with(SortedMap<String, String> kept) {
        return new RecentEvent(atMillis, messageId, name, lane, kept, steps);
    }

    /** What happened without any event: time passed, or profiles were joined. It has no message id. */
    public static RecentEvent ofTime(long atMillis, Identity lane, List<Step> steps) {
        return new RecentEvent(atMillis, "", VisitorEvent.TIME_PASSED, lane, new TreeMap<>(), steps);
    }

    /** The same event with other steps. */
    public RecentEvent with(List<Step> judged) {
        return new RecentEvent(atMillis, messageId, name, lane, values, judged);
    }
}
