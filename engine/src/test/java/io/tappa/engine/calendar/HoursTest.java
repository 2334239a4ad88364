package io.tappa.engine.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursTest {
    private static final LocalTime EIGHT = LocalTime.of(8, 0);

    @ParameterizedTest(name = "{0} to {1} on {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                // 2026-03-02 is a Monday
                "08:00|22:00|every day|2026-03-02T07:59:59.999+01:00[Europe/Rome]|no",
                "08:00|22:00|every day|2026-03-02T08:00+01:00[Europe/Rome]|yes",
                "08:00|22:00|every day|2026-03-02T21:59:59.999+01:00[Europe/Rome]|yes",
                "08:00|22:00|every day|2026-03-02T22:00+01:00[Europe/Rome]|no",
                "08:00|22:00|tuesday|2026-03-02T12:00+01:00[Europe/Rome]|no",
                "08:00|22:00|monday|2026-03-02T12:00+01:00[Europe/Rome]|yes",
                // over midnight they belong to the day they begin
                "21:00|02:00|monday|2026-03-02T01:00+01:00[Europe/Rome]|no",
                "21:00|02:00|monday|2026-03-02T21:00+01:00[Europe/Rome]|yes",
                "21:00|02:00|monday|2026-03-03T01:59+01:00[Europe/Rome]|yes",
                "21:00|02:00|monday|2026-03-03T02:00+01:00[Europe/Rome]|no",
                "21:00|02:00|monday|2026-03-03T21:00+01:00[Europe/Rome]|no",
                "21:00|02:00|sunday|2026-03-02T01:00+01:00[Europe/Rome]|yes",
                // midnight is the end of the day
                "21:00|00:00|monday|2026-03-02T23:59+01:00[Europe/Rome]|yes",
                "21:00|00:00|monday|2026-03-03T00:00+01:00[Europe/Rome]|no",
                "00:00|00:00|monday|2026-03-02T00:00+01:00[Europe/Rome]|yes",
                "00:00|00:00|monday|2026-03-02T23:59+01:00[Europe/Rome]|yes",
                "00:00|00:00|monday|2026-03-03T00:00+01:00[Europe/Rome]|no",
                "00:00|00:00|monday|2026-03-01T23:59+01:00[Europe/Rome]|no",
                // the same moment elsewhere
                "08:00|22:00|every day|2026-03-02T07:59+05:30[Asia/Kolkata]|no",
                "08:00|22:00|every day|2026-03-02T08:00+05:30[Asia/Kolkata]|yes",
                "08:00|22:00|every day|2026-03-02T02:30-05:00[America/New_York]|no",
                // the clock shows 02:30 twice, and never
                "02:30|04:00|every day|2026-10-25T02:30+02:00[Europe/Rome]|yes",
                "02:30|04:00|every day|2026-10-25T02:00+01:00[Europe/Rome]|no",
                "02:30|04:00|every day|2026-10-25T02:30+01:00[Europe/Rome]|yes",
                "02:30|04:00|every day|2026-03-29T01:59+01:00[Europe/Rome]|no",
                "02:30|04:00|every day|2026-03-29T03:00+02:00[Europe/Rome]|yes",
            })
    void areOpenAsTheClockShowsThem(LocalTime from, LocalTime to, String days, ZonedDateTime at, String open) {
        assertThat(new Hours(from, to, days(days)).isOpen(at)).isEqualTo(open.equals("yes"));
    }

    @ParameterizedTest(name = "{0} to {1} on {2}: after {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "08:00|22:00|every day|2026-03-02T12:00:01+01:00[Europe/Rome]|2026-03-02T12:00:01+01:00[Europe/Rome]",
                "08:00|22:00|every day|2026-03-02T07:00+01:00[Europe/Rome]|2026-03-02T08:00+01:00[Europe/Rome]",
                "08:00|22:00|every day|2026-03-02T22:00+01:00[Europe/Rome]|2026-03-03T08:00+01:00[Europe/Rome]",
                "08:00|22:00|monday|2026-03-02T22:00+01:00[Europe/Rome]|2026-03-09T08:00+01:00[Europe/Rome]",
                "08:00|22:00|saturday, sunday|2026-03-02T12:00+01:00[Europe/Rome]|2026-03-07T08:00+01:00[Europe/Rome]",
                "21:00|02:00|monday|2026-03-03T02:00+01:00[Europe/Rome]|2026-03-09T21:00+01:00[Europe/Rome]",
                "21:00|02:00|monday|2026-03-02T01:00+01:00[Europe/Rome]|2026-03-02T21:00+01:00[Europe/Rome]",
                "00:00|00:00|wednesday|2026-03-02T12:00+01:00[Europe/Rome]|2026-03-04T00:00+01:00[Europe/Rome]",
                "08:00|22:00|every day|2026-03-02T23:15+05:30[Asia/Kolkata]|2026-03-03T08:00+05:30[Asia/Kolkata]",
                // spring: 02:00 to 03:00 is skipped in Rome on 29 March, in New York on 8 March
                "08:00|22:00|every day|2026-03-28T23:00+01:00[Europe/Rome]|2026-03-29T08:00+02:00[Europe/Rome]",
                "02:30|04:00|every day|2026-03-29T01:00+01:00[Europe/Rome]|2026-03-29T03:00+02:00[Europe/Rome]",
                "02:30|02:45|every day|2026-03-29T01:00+01:00[Europe/Rome]|2026-03-30T02:30+02:00[Europe/Rome]",
                "02:30|02:45|sunday|2026-03-29T01:00+01:00[Europe/Rome]|2026-04-05T02:30+02:00[Europe/Rome]",
                "02:00|03:00|sunday|2026-03-29T01:00+01:00[Europe/Rome]|2026-04-05T02:00+02:00[Europe/Rome]",
                "22:00|02:30|saturday|2026-03-29T03:00+02:00[Europe/Rome]|2026-04-04T22:00+02:00[Europe/Rome]",
                "02:30|04:00|every day|2026-03-08T01:00-05:00[America/New_York]|2026-03-08T03:00-04:00[America/New_York]",
                // autumn: 02:00 to 03:00 comes twice in Rome on 25 October, 01:00 to 02:00 in New York on 1 November
                "08:00|22:00|every day|2026-10-24T23:00+02:00[Europe/Rome]|2026-10-25T08:00+01:00[Europe/Rome]",
                "02:30|04:00|every day|2026-10-25T01:00+02:00[Europe/Rome]|2026-10-25T02:30+02:00[Europe/Rome]",
                "02:30|04:00|every day|2026-10-25T02:10+01:00[Europe/Rome]|2026-10-25T02:30+01:00[Europe/Rome]",
                "01:00|02:30|every day|2026-10-25T02:45+02:00[Europe/Rome]|2026-10-25T02:00+01:00[Europe/Rome]",
                "01:00|02:30|sunday|2026-10-25T02:45+01:00[Europe/Rome]|2026-11-01T01:00+01:00[Europe/Rome]",
                "01:30|03:00|every day|2026-11-01T01:10-05:00[America/New_York]|2026-11-01T01:30-05:00[America/New_York]",
                "00:00|01:20|every day|2026-11-01T01:40-04:00[America/New_York]|2026-11-01T01:00-05:00[America/New_York]",
                // a whole Friday was skipped in Apia
                "08:00|22:00|friday|2011-12-29T23:00-10:00[Pacific/Apia]|2012-01-06T08:00+14:00[Pacific/Apia]",
                // a Sunday that began at one o'clock
                "00:00|00:30|sunday|2018-11-03T12:00-03:00[America/Sao_Paulo]|2018-11-11T00:00-02:00[America/Sao_Paulo]",
                "00:00|01:30|sunday|2018-11-03T12:00-03:00[America/Sao_Paulo]|2018-11-04T01:00-02:00[America/Sao_Paulo]",
                // a Saturday that ended twice
                "23:30|00:00|saturday|2018-02-17T23:00-03:00[America/Sao_Paulo]|2018-02-17T23:30-03:00[America/Sao_Paulo]",
            })
    void nextOpenIsTheFirstMomentThatIs(
            LocalTime from, LocalTime to, String days, ZonedDateTime at, ZonedDateTime next) {
        assertThat(new Hours(from, to, days(days)).nextOpen(at)).isEqualTo(next);
    }

    private static Set<DayOfWeek> days(String names) {
        if (names.equals("every day")) {
            return Hours.EVERY_DAY;
        }
        var days = EnumSet.noneOf(DayOfWeek.class);
        Arrays.stream(names.split(", "))
                .map(name -> DayOfWeek.valueOf(name.toUpperCase(Locale.ROOT)))
                .forEach(days::add);
        return days;
    }

    @Test
    void saySoInTheWordsOfAnAuthor() {
        assertThat(new Hours(EIGHT, LocalTime.MIDNIGHT, Hours.EVERY_DAY).inWords())
                .isEqualTo("08:00 to 24:00");
        assertThat(new Hours(EIGHT, LocalTime.of(22, 30), days("saturday, monday")).inWords())
                .isEqualTo("08:00 to 22:30 on monday, saturday");
        assertThat(Hours.allDay(days("sunday")).inWords()).isEqualTo("sunday");
        assertThat(Hours.allDay(Hours.EVERY_DAY).inWords()).isEqualTo("00:00 to 24:00");
    }

    @Test
    void refuseHoursThatNeverAre() {
        assertThatThrownBy(() -> new Hours(EIGHT, EIGHT, Hours.EVERY_DAY)).hasMessageContaining("must differ");
        assertThatThrownBy(() -> Hours.allDay(Set.of())).hasMessageContaining("at least one");
    }
}
