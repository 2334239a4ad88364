package io.tappa.engine.calendar;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Hours on some days of the week, such as {@code 08:00 to 22:00} on Mondays.
 *
 * <p>What a clock on the wall shows decides: hours that it skips in spring do not happen, and those it shows twice in
 * autumn are open twice.
 *
 * @param from the first moment that is open, on a clock
 * @param to the first moment that no longer is; before {@code from} where the hours last over midnight, and then they
 *     belong to the day on which they begin; midnight is the end of the day, and both midnight the whole day
 * @param days on which they begin, at least one
 */
public record Hours(LocalTime from, LocalTime to, Set<DayOfWeek> days) {
    /** Every day of the week. */
    public static final Set<DayOfWeek> EVERY_DAY = Collections.unmodifiableSet(EnumSet.allOf(DayOfWeek.class));

    public Hours {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("""
                    days of the hours from %s to %s must have at least one.
                    Maybe Hours.EVERY_DAY is meant.""".formatted(from, to));
        }
        if (from.equals(to) && !from.equals(LocalTime.MIDNIGHT)) {
            throw new IllegalArgumentException("""
                    from (%s) and to of hours must differ.
                    Maybe the whole day is meant, which is from midnight to midnight.""".formatted(from));
        }
        days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    /** All hours of {@code days}. */
    public static Hours allDay(Set<DayOfWeek> days) {
        return new Hours(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, days);
    }

    /** Whether they hold at {@code at}, in its own zone. */
    public boolean isOpen(ZonedDateTime at) {
        var time = at.toLocalTime();
        boolean begun = days.contains(at.getDayOfWeek()) && !time.isBefore(from);
        if (from.isBefore(to)) {
            return begun && time.isBefore(to);
        }
        return begun || (days.contains(at.getDayOfWeek().minus(1)) && time.isBefore(to));
    }

    /** The first moment at or after {@code at}, in its zone, at which they hold. */
    public ZonedDateTime nextOpen(ZonedDateTime at) {
        if (isOpen(at)) {
            return at;
        }
        var rules = at.getZone().getRules();
        var next = nextBeginning(at);
        var change = rules.nextTransition(at.toInstant());
        while (change != null && change.getInstant().isBefore(next.toInstant())) {
            var changed = change.getInstant().atZone(at.getZone());
            if (isOpen(changed)) {
                return changed;
            }
            change = rules.nextTransition(change.getInstant());
        }
        return next;
    }

    /** The first moment at or after {@code at} when a clock shows {@code from} on one of the days. */
    private ZonedDateTime nextBeginning(ZonedDateTime at) {
        var zone = at.getZone();
        for (var day = at.toLocalDate().minusDays(1); ; day = day.plusDays(1)) {
            if (days.contains(day.getDayOfWeek())) {
                var beginning = day.atTime(from);
                for (var offset : zone.getRules().getValidOffsets(beginning)) {
                    var moment = beginning.toInstant(offset);
                    if (!moment.isBefore(at.toInstant())) {
                        return moment.atZone(zone);
                    }
                }
            }
        }
    }

    /** The hours and days as an author would write them, such as {@code 08:00 to 22:00 on monday, saturday}. */
    public String inWords() {
        boolean allDay = from.equals(to);
        var hours = from + " to " + (to.equals(LocalTime.MIDNIGHT) ? "24:00" : to);
        if (days.size() == EVERY_DAY.size()) {
            return hours;
        }
        var names = new StringJoiner(", ");
        days.forEach(day -> names.add(day.name().toLowerCase(Locale.ROOT)));
        return allDay ? names.toString() : hours + " on " + names;
    }
}
