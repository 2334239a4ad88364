package io.tappa.engine.pack;

import io.tappa.engine.calendar.Hours;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the keys {@code hours} and {@code days}: {@code hours: 08:00 to 22:00}, {@code days: [ monday, saturday ]}. */
final class HoursReader {
    private static final String HOURS = "hours";
    private static final String DAYS = "days";
    private static final Pattern FROM_TO =
            Pattern.compile("((?:[01][0-9]|2[0-3]):[0-5][0-9]) to ((?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)");
    private static final String END_OF_DAY = "24:00";
    private static final List<String> NAMES = Arrays.stream(DayOfWeek.values())
            .map(day -> day.name().toLowerCase(Locale.ROOT))
            .toList();

    private final Problems problems;

    HoursReader(Problems problems) {
        this.problems = problems;
    }

    /** The hours, or null when {@code fields} have neither key, or after noting what cannot be read. */
    @Nullable
    Hours read(Fields fields) {
        int before = problems.count();
        var text = fields.text(HOURS);
        var list = fields.take(DAYS);
        var days = list == null ? Hours.EVERY_DAY : days(list);
        var hours = text == null ? null : hours(text, days, fields);
        if (problems.hasErrorsSince(before) || (text == null && list == null)) {
            return null;
        }
        return hours == null ? Hours.allDay(days) : hours;
    }

    private @Nullable Hours hours(String text, Set<DayOfWeek> days, Fields fields) {
        var times = FROM_TO.matcher(text);
        if (!times.matches()) {
            problems.error(
                    "wrong-type",
                    fields.placeOf(HOURS),
                    "\"%s\" are no hours.".formatted(text),
                    "Write for example 08:00 to 22:00, or 21:00 to 02:00 for hours over midnight.");
            return null;
        }
        if (times.group(1).equals(times.group(2))) {
            problems.error(
                    "impossible",
                    fields.placeOf(HOURS),
                    "The hours end when they begin.",
                    "Write for example 08:00 to 22:00; the whole day is 00:00 to 24:00.");
            return null;
        }
        var to = times.group(2).equals(END_OF_DAY) ? LocalTime.MIDNIGHT : LocalTime.parse(times.group(2));
        return days.isEmpty() ? null : new Hours(LocalTime.parse(times.group(1)), to, days);
    }

    private Set<DayOfWeek> days(YamlNode list) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (var item : list.items()) {
            int day = NAMES.indexOf(item.text());
            if (day < 0) {
                problems.error(
                        "unknown-word",
                        item.place(),
                        "\"%s\" is no day of the week.".formatted(item.text()),
                        Suggestion.cure(item.text(), DAYS, NAMES));
            } else if (!days.add(DayOfWeek.of(day + 1))) {
                problems.error(
                        "duplicate-name",
                        item.place(),
                        "\"%s\" is written twice here.".formatted(item.text()),
                        "Keep one of them.");
            }
        }
        if (list.items().isEmpty()) {
            problems.error(
                    "missing",
                    list.place(),
                    "No day is named here.",
                    "Name at least one, or leave the key out for every day.");
        }
        return days;
    }
}
