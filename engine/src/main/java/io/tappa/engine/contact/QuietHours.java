package io.tappa.engine.contact;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When some channels are silent, in the visitor's own time.
 *
 * @param channels which
 * @param from first moment of silence on a clock
 * @param to first moment after it; before {@code from} where the silence lasts over midnight
 */
public record QuietHours(SortedSet<String> channels, LocalTime from, LocalTime to) {
    public QuietHours {
        channels = Collections.unmodifiableSortedSet(new TreeSet<>(channels));
        if (from.equals(to)) {
            throw new IllegalArgumentException("""
                    from (%s) and to of quiet hours must differ.
                    Maybe use "never show" for a channel that is always silent.""".formatted(from));
        }
    }

    /** Whether {@code channel} is silent at {@code now} for somebody in {@code zone}. */
    public boolean holds(String channel, Instant now, ZoneId zone) {
        return channels.contains(channel) && isSilent(now.atZone(zone).toLocalTime());
    }

    private boolean isSilent(LocalTime time) {
        return from.isBefore(to)
                ? !time.isBefore(from) && time.isBefore(to)
                : !time.isBefore(from) || time.isBefore(to);
    }

    /** The first moment after the silence that holds at {@code now}; where clocks skip it, the moment they do. */
    public Instant ends(Instant now, ZoneId zone) {
        var local = now.atZone(zone);
        boolean tomorrow = !local.toLocalTime().isBefore(to);
        var end = local.toLocalDate().plusDays(tomorrow ? 1 : 0).atTime(to);
        var skipped = zone.getRules().getTransition(end);
        if (skipped != null && skipped.isGap()) {
            return skipped.getInstant();
        }
        var ends = end.atZone(zone).toInstant();
        return ends.isAfter(now)
                ? ends
                : end.atZone(zone).withLaterOffsetAtOverlap().toInstant();
    }
}
