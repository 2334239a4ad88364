package io.tappa.api.archive;

import io.tappa.api.store.ArchiveStore;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a file of the archive: {@code 2026-03-02/09-3.ndjson.gz}, in UTC.
 *
 * @param hour which hour since 1970
 * @param group which group of shards
 */
record HourFile(long hour, int group) {
    /** How long an hour is. */
    static final long MILLIS = 3_600_000;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);
    private static final long HOURS = 24;
    private static final Pattern FORM =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})/([01][0-9]|2[0-3])-([0-9])\\.ndjson\\.gz");

    /** The hour of a moment in milliseconds since 1970. */
    static long hourOf(long millis) {
        return Math.floorDiv(millis, MILLIS);
    }

    /** The file called so, or null where it is none of the archive. */
    static @Nullable HourFile of(String name) {
        var parts = FORM.matcher(name);
        if (!parts.matches() || Integer.parseInt(parts.group(3)) >= ArchiveStore.GROUPS) {
            return null;
        }
        try {
            var begin = Instant.parse("%sT%s:00:00Z".formatted(parts.group(1), parts.group(2)));
            return new HourFile(hourOf(begin.toEpochMilli()), Integer.parseInt(parts.group(3)));
        } catch (DateTimeParseException noHour) {
            return null;
        }
    }

    /** The first moment after it, in milliseconds since 1970. */
    long endMillis() {
        return (hour + 1) * MILLIS;
    }

    /** The folder of its day. */
    String day() {
        return DAY.format(Instant.ofEpochMilli(hour * MILLIS));
    }

    /** Its place in the archive. */
    String name() {
        return "%s/%02d-%d.ndjson.gz".formatted(day(), Math.floorMod(hour, HOURS), group);
    }
}
