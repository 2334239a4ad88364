package io.tappa.engine.event;

import io.tappa.engine.identity.Identities;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something a visitor did, with its own time.
 *
 * @param messageId names the event; the same id sent again is the same event
 * @param ids under which ids it happened
 * @param name what happened, such as {@code Product Viewed}
 * @param time when it happened, by the sender's corrected clock, whole milliseconds
 * @param values scalar properties by their dotted path; traits under {@code traits.}, context under {@code context.}
 */
public record VisitorEvent(
        String messageId, Identities ids, String name, Instant time, SortedMap<String, String> values) {
    /** The name under which a page call counts. */
    public static final String PAGE_VIEWED = "Page Viewed";
    /** The name under which a screen call counts. */
    public static final String SCREEN_VIEWED = "Screen Viewed";
    /** The name under which an identify call counts. */
    public static final String IDENTIFIED = "Identified";
    /** The name under which an alias call counts. */
    public static final String ALIASED = "Aliased";
    /** What happens when a person sets a stage by hand; only the service itself says so. */
    public static final String STAGE_SET = "Stage Set";
    /** What a time-out is called where events are named; only the service itself says so. */
    public static final String TIME_PASSED = "Time Passed";
    /** Names no sender may use. */
    public static final List<String> RESERVED = List.of(STAGE_SET, TIME_PASSED);
    /** Where the traits of an identify call stand among the values. */
    public static final String TRAITS = "traits.";
    /** Longest message id, in characters. */
    public static final int LONGEST_ID = 100;
    /** Longest event name, in characters. */
    public static final int LONGEST_NAME = 100;

    public VisitorEvent {
        if (messageId.isEmpty() || messageId.length() > LONGEST_ID) {
            throw new IllegalArgumentException("""
                    messageId must have 1 to %d characters.
                    Maybe refuse the event before building it.""".formatted(LONGEST_ID));
        }
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("""
                    name (%s) must have 1 to %d characters.
                    Maybe refuse the event before building it.""".formatted(name, LONGEST_NAME));
        }
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Event time in milliseconds since 1970. */
    public long atMillis() {
        return time.toEpochMilli();
    }
}
