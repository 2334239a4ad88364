package io.tappa.engine.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The next open moment is open and nothing before it is, as somebody finds who looks at the clock each minute. */
class HoursLawsTest {
    private static final int CASES = 500;
    private static final int DAY = 24 * 60;
    private static final int WEEK = 7 * DAY;
    /** Two weeks: the hours of one day a week may be those that the clock skips in spring. */
    private static final int LONGEST_SCAN = 15 * DAY;

    private static final int USUAL_SCAN = 8 * DAY;
    private static final List<Instant> CHANGES = List.of(
            Instant.parse("2026-03-29T01:00:00Z"),
            Instant.parse("2026-10-25T01:00:00Z"),
            Instant.parse("2026-03-08T07:00:00Z"),
            Instant.parse("2026-11-01T06:00:00Z"),
            Instant.parse("2026-04-04T15:00:00Z"),
            Instant.parse("2026-10-03T15:30:00Z"));

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Rome", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe"})
    void nextOpenIsWhatANaiveScanFinds(String zone) {
        var random = new Random(zone.length());
        for (int i = 0; i < CASES; i++) {
            var hours = hours(random);
            var at = moment(random).atZone(ZoneId.of(zone));
            var open = openMinutes(hours);

            var next = hours.nextOpen(at);

            var expected = scan(hours, open, at);
            assertThat(next).as("case %d: %s at %s", i, hours.inWords(), at).isEqualTo(expected);
            assertThat(hours.isOpen(next)).isTrue();
            assertThat(hours.isOpen(at)).isEqualTo(next.equals(at));
            assertThat(at.until(next, ChronoUnit.MINUTES) <= USUAL_SCAN || isRare(open))
                    .as("case %d: %s at %s is open within 8 days", i, hours.inWords(), at)
                    .isTrue();
        }
    }

    private static ZonedDateTime scan(Hours hours, boolean[] open, ZonedDateTime at) {
        if (open[minuteOfWeek(at)]) {
            return at;
        }
        var minute = at.truncatedTo(ChronoUnit.MINUTES);
        for (int i = 1; i <= LONGEST_SCAN; i++) {
            var looked = minute.toInstant().plus(i, ChronoUnit.MINUTES).atZone(at.getZone());
            if (open[minuteOfWeek(looked)]) {
                return looked;
            }
            if (hours.isOpen(looked)) {
                throw new AssertionError("%s is open at %s already".formatted(hours.inWords(), looked));
            }
        }
        throw new AssertionError("never open");
    }

    private static int minuteOfWeek(ZonedDateTime at) {
        return (at.getDayOfWeek().getValue() - 1) * DAY + at.getHour() * 60 + at.getMinute();
    }

    /** Each minute of a week, marked one by one from the first on. */
    private static boolean[] openMinutes(Hours hours) {
        var open = new boolean[WEEK];
        int from = hours.from().toSecondOfDay() / 60;
        int to = hours.to().toSecondOfDay() / 60;
        int length = to > from ? to - from : to - from + DAY;
        for (var day : hours.days()) {
            for (int minute = 0; minute < length; minute++) {
                open[((day.getValue() - 1) * DAY + from + minute) % WEEK] = true;
            }
        }
        return open;
    }

    /** Whether it takes no more than one change of the clock to skip all of them. */
    private static boolean isRare(boolean[] open) {
        int minutes = 0;
        for (var each : open) {
            minutes += each ? 1 : 0;
        }
        return minutes <= 60;
    }

    /** Short hours in the night are common, so that changes of the clock matter. */
    private static Hours hours(Random random) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (int i = random.nextInt(3); i >= 0; i--) {
            days.add(DayOfWeek.of(1 + random.nextInt(7)));
        }
        if (random.nextInt(20) == 0) {
            return Hours.allDay(days);
        }
        int from = random.nextBoolean() ? random.nextInt(DAY) : random.nextInt(4 * 60);
        int length = random.nextBoolean() ? 1 + random.nextInt(DAY - 1) : 1 + random.nextInt(90);
        return new Hours(
                LocalTime.ofSecondOfDay(from * 60L), LocalTime.ofSecondOfDay((from + length) % DAY * 60L), days);
    }

    private static Instant moment(Random random) {
        var around = CHANGES.get(random.nextInt(CHANGES.size()));
        int days = random.nextBoolean() ? 1 : 100;
        return around.plusSeconds(random.nextInt(2 * days * 86_400) - days * 86_400L);
    }
}
