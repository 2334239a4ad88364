package io.tappa.engine.contact;

import io.tappa.engine.condition.Durations;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** How far back a cap counts. */
public sealed interface Window {
    /** The end of what no longer counts: a decision at this very moment is already outside. */
    Instant start(Instant now, ZoneId zone);

    /** The window in the author's words. */
    String inWords();

    /** A sliding window. */
    record Rolling(Duration length) implements Window {
        @Override
        public Instant start(Instant now, ZoneId zone) {
            return now.minus(length);
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
            var today = now.atZone(zone).toLocalDate();
            var first = switch (unit) {
                case DAY -> today;
                case WEEK -> today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> today.withDayOfMonth(1);
            };
            return first.atStartOfDay(zone).toInstant().minusMillis(1);
        }

        @Override
        public String inWords() {
            return "calendar " + unit.name().toLowerCase(Locale.ROOT);
        }
    }
}
