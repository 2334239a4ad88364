package io.tappa.engine.calendar;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Writes moments as people do: the day alone where a moment is its first, else the minute too.
 *
 * @param zone where days begin
 */
public record Moments(ZoneId zone) {
    private static final long MINUTE = 60_000;

    /** When something was, in milliseconds since 1970: the day, and the minute in which it was unless that is the first of the day. */
    public String at(long millis) {
        var moment = Instant.ofEpochMilli(millis).atZone(zone);
        return isBeginOfDay(moment.truncatedTo(ChronoUnit.SECONDS).toInstant())
                ? moment.toLocalDate().toString()
                : "%s %s".formatted(moment.toLocalDate(), clock(moment.toLocalTime()));
    }

    /** From when on something is possible: the first minute that is not too early. */
    public String from(long millis) {
        return at(-Math.floorDiv(-millis, MINUTE) * MINUTE);
    }

    /** The last day of what is over since {@code untilMillis}, or that moment where it did not end with a day. */
    public String last(long untilMillis) {
        var over = Instant.ofEpochMilli(untilMillis);
        return isBeginOfDay(over) ? over.atZone(zone).toLocalDate().minusDays(1).toString() : at(untilMillis);
    }

    /** Where clocks skip midnight, a day begins later. */
    private boolean isBeginOfDay(Instant moment) {
        return moment.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant().equals(moment);
    }

    /** Hours and minutes. */
    public String clock(LocalTime time) {
        return time.truncatedTo(ChronoUnit.MINUTES).toString();
    }
}
