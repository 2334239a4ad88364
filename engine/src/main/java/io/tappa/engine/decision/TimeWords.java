package io.tappa.engine.decision;

import io.tappa.engine.calendar.Hours;
import io.tappa.engine.calendar.Moments;
import io.tappa.engine.condition.Durations;
import io.tappa.engine.contact.FrequencyCap;
import io.tappa.engine.contact.Window;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Says moments, hours and stretches of time.
 *
 * @param texts in which language
 * @param zone where days begin
 */
record TimeWords(Texts texts, ZoneId zone) {
    private Moments moments() {
        return new Moments(zone);
    }

    /** When something was. */
    String moment(long millis) {
        return moments().at(millis);
    }

    /** From when on something is possible: the first minute that is not too early. */
    String from(long millis) {
        return moments().from(millis);
    }

    /** The last day of what is over since {@code untilMillis}, or that moment where it did not end with a day. */
    String last(long untilMillis) {
        return moments().last(untilMillis);
    }

    /** Hours and minutes. */
    String clock(LocalTime time) {
        return moments().clock(time);
    }

    /** Hours of some days. */
    String hours(Hours hours) {
        var to = hours.to().equals(LocalTime.MIDNIGHT) ? "24:00" : clock(hours.to());
        var times = texts.say("hours.times", clock(hours.from()), to);
        if (hours.days().size() == Hours.EVERY_DAY.size()) {
            return times;
        }
        var days = hours.days().stream()
                .map(day -> texts.say("day." + day.getValue()))
                .collect(Collectors.joining(", "));
        return hours.from().equals(hours.to()) ? days : texts.say("hours.days", times, days);
    }

    /** A stretch of time in the largest unit that divides it. */
    String duration(Duration duration) {
        var count = Durations.counted(duration);
        return texts.counted("duration." + count.unit(), count.amount());
    }

    /** What a cap allows. */
    String cap(FrequencyCap cap) {
        var what = texts.say("cap." + cap.scope().name().toLowerCase(Locale.ROOT), cap.key());
        return texts.say("cap", what, cap.times(), window(cap.window()));
    }

    private String window(Window window) {
        return window instanceof Window.Rolling rolling
                ? duration(rolling.length())
                : texts.say("cap.calendar."
                        + ((Window.Calendar) window).unit().name().toLowerCase(Locale.ROOT));
    }
}
