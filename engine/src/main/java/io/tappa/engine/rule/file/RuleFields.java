package io.tappa.engine.rule.file;

import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.Outcome;
import io.tappa.engine.rule.Outcome.NeverShow.What;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.touchpoint.Touchpoint;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what rules, tables and offers write alike: places, verbs, priorities and dates. */
public final class RuleFields {
    /** What a priority word stands for. */
    public static final Map<String, Integer> PRIORITIES = Map.of("must", 100, "high", 75, "normal", 50, "low", 25);
    /** Priority where the author gives none. */
    public static final int NORMAL = 50;

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern PERCENT = Pattern.compile("([1-9][0-9]{0,3}) ?%");
    private static final int HEAVIEST = 1_000;
    private static final int LENGTH_OF_DATE = 10;
    private static final int LENGTH_OF_DATE_TIME = 16;

    private final Vocabulary words;
    private final Problems problems;

    RuleFields(Vocabulary words, Problems problems) {
        this.words = words;
        this.problems = problems;
    }

    /** The placements that {@code names}, each with its place, stand for; none at all means everywhere. */
    SortedSet<String> placements(Map<String, Place> names) {
        var placements = new TreeSet<String>();
        names.forEach((name, place) -> {
            var named = words.touchpoints().named(name);
            if (named.isEmpty()) {
                noPlacement(name, place);
            }
            named.stream().map(Placement::fullName).forEach(placements::add);
        });
        if (names.isEmpty()) {
            for (var touchpoint : words.touchpoints().all()) {
                touchpoint.placements().stream().map(Placement::fullName).forEach(placements::add);
            }
        }
        return placements;
    }

    private void noPlacement(String name, Place place) {
        if (words.touchpoints().find(name) != null) {
            problems.error(
                    "no-placement",
                    place,
                    "The touchpoint \"%s\" has no placement where something can be shown.".formatted(name),
                    "Name another touchpoint, or add placements to this one in touchpoints.yaml.");
            return;
        }
        boolean placement = name.contains(".");
        problems.error(
                placement ? "unknown-placement" : "unknown-touchpoint",
                place,
                "There is no %s \"%s\".".formatted(placement ? "placement" : "touchpoint", name),
                Suggestion.cure(
                        name,
                        placement ? "names" : "touchpoints",
                        placement
                                ? words.touchpoints().names()
                                : words.touchpoints().all().stream()
                                        .map(Touchpoint::key)
                                        .toList()));
    }

    /** Shows {@code offer}, or null after noting that there is none. */
    Outcome.@Nullable Show show(String offer, SortedSet<String> placements, Place place) {
        if (words.offers().find(offer) == null) {
            problems.error(
                    "unknown-offer",
                    place,
                    "There is no offer \"%s\".".formatted(offer),
                    Suggestion.cure(offer, "offers", words.offers().keys()));
            return null;
        }
        return new Outcome.Show(offer, placements);
    }

    /** Keeps the offer, group or channel called {@code name} away, or null after noting that there is none. */
    Outcome.@Nullable NeverShow neverShow(String name, SortedSet<String> placements, Place place) {
        var channels = words.touchpoints().channels();
        if (words.offers().find(name) != null) {
            return new Outcome.NeverShow(What.OFFER, name, placements);
        }
        if (words.offers().groups().contains(name)) {
            return new Outcome.NeverShow(What.GROUP, name, placements);
        }
        if (channels.contains(name)) {
            return new Outcome.NeverShow(What.CHANNEL, name, placements);
        }
        var known = new TreeSet<>(words.offers().keys());
        known.addAll(words.offers().groups());
        known.addAll(channels);
        problems.error(
                "unknown-offer",
                place,
                "There is no offer, group or channel \"%s\".".formatted(name),
                Suggestion.cure(name, "names", known));
        return null;
    }

    /** A priority: a word or 0 to 100. */
    public static int priority(@Nullable String text, Place place, Problems problems) {
        if (text == null || text.isEmpty()) {
            return NORMAL;
        }
        var word = PRIORITIES.get(text);
        if (word != null) {
            return word;
        }
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= 100) {
            return Integer.parseInt(text);
        }
        problems.error(
                "wrong-priority",
                place,
                "\"%s\" is no priority.".formatted(text),
                "Write must, high, normal, low, or a whole number from 0 to 100.");
        return NORMAL;
    }

    /** How much a rule counts among equals: {@code 150 %}. */
    public static int weight(@Nullable String text, Place place, Problems problems) {
        if (text == null || text.isEmpty()) {
            return Rule.NORMAL_WEIGHT;
        }
        var percent = PERCENT.matcher(text);
        if (percent.matches() && Integer.parseInt(percent.group(1)) <= HEAVIEST) {
            return Integer.parseInt(percent.group(1));
        }
        problems.error(
                "wrong-type",
                place,
                "\"%s\" is no weight.".formatted(text),
                "Write a share from 1 %% to %d %%, for example 150 %%.".formatted(HEAVIEST));
        return Rule.NORMAL_WEIGHT;
    }

    /** The first moment of {@code from}, a date or a date with an hour; {@link Long#MIN_VALUE} when absent. */
    public static long from(@Nullable String text, ZoneId zone, Place place, Problems problems) {
        return text == null ? Long.MIN_VALUE : moment(text, zone, 0, place, problems);
    }

    /** The first moment after {@code until}: a date includes that day; {@link Long#MAX_VALUE} when absent. */
    public static long until(@Nullable String text, ZoneId zone, Place place, Problems problems) {
        return text == null ? Long.MAX_VALUE : moment(text, zone, 1, place, problems);
    }

    private static long moment(String text, ZoneId zone, int daysOn, Place place, Problems problems) {
        try {
            if (text.length() > LENGTH_OF_DATE_TIME) {
                throw new DateTimeParseException("years have four digits", text, 0);
            }
            return text.length() == LENGTH_OF_DATE
                    ? LocalDate.parse(text)
                            .plusDays(daysOn)
                            .atStartOfDay(zone)
                            .toInstant()
                            .toEpochMilli()
                    : LocalDateTime.parse(text, DATE_TIME)
                            .atZone(zone)
                            .toInstant()
                            .toEpochMilli();
        } catch (DateTimeParseException notADate) {
            problems.error(
                    "wrong-date",
                    place,
                    "\"%s\" is not a date.".formatted(text),
                    "Write year-month-day, for example 2026-12-31, with an hour if need be: 2026-11-27 08:00.");
            return daysOn == 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
