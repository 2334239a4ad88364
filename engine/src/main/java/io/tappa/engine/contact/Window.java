package io.tappa.engine.contact;

import io.tappa.engine.condition.Durations;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** How far back a cap counts. */
public sealed interface Window {
    /** The end of what no longer counts: a decision at this very moment is already outside. */
    Instant start(Instant now, ZoneId zone);

    /** The first moment at which a decision at {@code counted} no longer counts. */
    Instant passes(Instant counted, ZoneId zone);

    /** The window in the author's words. */
    String inWords();

    /** A sliding window. */
    record Rolling(Duration length) implements Window {
        @Override
        public Instant start(Instant now, ZoneId zone) {
            return now.minus(length);
        }

        @Override
        public Instant passes(Instant counted, ZoneId zone) {
            return counted.plus(length);
        }

        @Override
        public String inWords() {
            return Durations.inWords(length);
        }
    }

    /** The present day, week (from Monday) or month. */
    record Calendar(Unit unit) implements Window {
        /** A stretch of the calendar. */
        public enum Unit {
            DAY,
            WEEK,
            MONTH
        }

        @Override
        public Instant start(Instant now, ZoneId zone) {
            return first(now, zone).atStartOfDay(zone).toInstant().minusMillis(1);
        }

        private LocalDate first(Instant moment, ZoneId zone) {
            var day = moment.atZone(zone).toLocalDate();
            return switch (unit) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
            };
        }

        @Override
        public Instant passes(Instant counted, ZoneId zone) {
            var first = first(counted, zone);
            var next = switch (unit) {
                case DAY -> first.plusDays(1);
                case WEEK -> first.plusWeeks(1);
                case MONTH -> first.plusMonths(1);
            };
            return next.atStartOfDay(zone).toInstant();
        }

        @Override
        public String inWords() {
            return "calendar " + unit.name().toLowerCase(Locale.ROOT);
        }
    }
}
