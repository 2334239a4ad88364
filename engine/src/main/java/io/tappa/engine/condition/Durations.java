package io.tappa.engine.condition;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as authors write them: {@code 30 minutes}, {@code 2 days}, {@code 1 week}. */
public final class Durations {
    private static final Pattern DURATION =
            Pattern.compile("([0-9]{1,6}) +(second|minute|hour|day|week)s?", Pattern.CASE_INSENSITIVE);

    private Durations() {}

    /** The duration that {@code text} says, or null when it says none. */
    public static @Nullable Duration parse(String text) {
        var parts = DURATION.matcher(text.trim());
        if (!parts.matches()) {
            return null;
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2).toLowerCase(Locale.ROOT)) {
            case "second" -> Duration.ofSeconds(amount);
            case "minute" -> Duration.ofMinutes(amount);
            case "hour" -> Duration.ofHours(amount);
            case "day" -> Duration.ofDays(amount);
            default -> Duration.ofDays(7 * amount);
        };
    }

    /**
     * So many of a unit.
     *
     * @param amount how many
     * @param unit its name, for one of them
     */
    public record Count(long amount, String unit) {}

    /** The duration in the largest unit that divides it. */
    public static Count counted(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 604_800 == 0 && seconds > 0) {
            return new Count(seconds / 604_800, "week");
        }
        if (seconds % 86_400 == 0 && seconds > 0) {
            return new Count(seconds / 86_400, "day");
        }
        if (seconds % 3_600 == 0 && seconds > 0) {
            return new Count(seconds / 3_600, "hour");
        }
        return seconds % 60 == 0 && seconds > 0 ? new Count(seconds / 60, "minute") : new Count(seconds, "second");
    }

    /** The duration in the author's words, in the largest unit that divides it. */
    public static String inWords(Duration duration) {
        var count = counted(duration);
        return count.amount() + " " + count.unit() + (count.amount() == 1 ? "" : "s");
    }
}
