package io.tappa.engine.condition;

import io.tappa.engine.condition.ValueSet.InTheLast;
import io.tappa.engine.condition.ValueSet.Known;
import io.tappa.engine.condition.ValueSet.Numbers;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an author wrote about one fact: the only grammar there is, in YAML values, table cells and requests alike.
 *
 * <p>Numbers: {@code 50}, {@code at least 50}, {@code at most 80}, {@code more than 50}, {@code less than 80},
 * {@code 50 to 80}, joined by {@code and} or {@code or}; short {@code >=50 <80}, {@code 50..80}, {@code 50|60}. Words:
 * {@code Italy}, {@code Italy or France}, {@code not Italy}. Yes or no: {@code yes}, {@code no}. Dates:
 * {@code before 2026-12-01}, {@code after …}, {@code in the last 14 days}. Any: {@code known}, {@code unknown}.
 */
public final class PhraseReader {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,15}(\\.[0-9]{1,9})?");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N} ._/&'+:@%#-]{1,80}");
    private static final Pattern COMPARISON = Pattern.compile(
            "(?:(at least|at most|more than|less than|>=|<=|>|<|=)\\s*)?(.+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RANGE =
            Pattern.compile("(.+?)\\s*(?: to |\\.\\.<|\\.\\.)\\s*(.+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SHORT_FORMS = Pattern.compile("(?<=[0-9])\\s+(?=[<>])");
    private static final Pattern AND = Pattern.compile("\\s+and\\s+", Pattern.CASE_INSENSITIVE);
    private static final Pattern OR = Pattern.compile("\\s+or\\s+|\\s*\\|\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_A_WORD = Pattern.compile(
            "(at least|at most|more than|less than|before|after|in the last)\\b.*|(.* )?(or|not)|or .*",
            Pattern.CASE_INSENSITIVE);

    private static final String NOT = "not ";
    private static final int LENGTH_OF_DATE = 10;

    private final ZoneId zone;
    private final Problems problems;

    /** A reader that understands dates in {@code zone} and tells {@code problems} what it cannot read. */
    public PhraseReader(ZoneId zone, Problems problems) {
        this.zone = zone;
        this.problems = problems;
    }

    /** The values that {@code text} allows for {@code fact}, or null after noting why not. */
    public @Nullable ValueSet read(Fact fact, String text, Place place) {
        var phrase = text.trim();
        var lower = phrase.toLowerCase(Locale.ROOT);
        if (lower.equals("known") || lower.equals("unknown")) {
            return new Known(lower.equals("known"));
        }
        var values = switch (fact.type()) {
            case WHOLE, NUMBER, MONEY -> numbers(fact, phrase, place);
            case DATE -> dates(fact, phrase, place);
            case YESNO -> yesNo(fact, lower, place);
            case WORD, TEXT, WORDS -> words(fact, phrase, place);
        };
        if (values != null && values.isEmptyFor(fact)) {
            problems.error(
                    "impossible",
                    place,
                    "\"%s\" fits no value that %s can have.".formatted(phrase, quoted(fact)),
                    fact.type().isNumeric() ? rangeOf(fact) : "Maybe one of the words is meant, not all of them.");
            return null;
        }
        return values;
    }

    private static String quoted(Fact fact) {
        return "\"" + fact.label() + "\"";
    }

    private static String rangeOf(Fact fact) {
        return fact.lowest() == FactValues.LOWEST
                ? "Check the two ends: the lower one comes first."
                : "Its values go from %s to %s."
                        .formatted(
                                fact.number(fact.lowest()).toPlainString(),
                                fact.highest() == Long.MAX_VALUE
                                        ? "any height"
                                        : fact.number(fact.highest()).toPlainString());
    }

    private @Nullable ValueSet yesNo(Fact fact, String lower, Place place) {
        if (lower.equals("yes") || lower.equals("no")) {
            return new Words(new TreeSet<>(Set.of(lower)), false);
        }
        problems.error(
                "wrong-type",
                place,
                "%s is yes or no, but \"%s\" is written here.".formatted(quoted(fact), lower),
                "Write yes, no, known or unknown.");
        return null;
    }

    private @Nullable ValueSet words(Fact fact, String phrase, Place place) {
        boolean negated = phrase.toLowerCase(Locale.ROOT).startsWith(NOT);
        var listed = negated ? phrase.substring(NOT.length()).trim() : phrase;
        var words = new TreeSet<String>();
        for (var word : OR.split(listed, -1)) {
            if (!WORD.matcher(word).matches() || NOT_A_WORD.matcher(word).matches()) {
                problems.error(
                        "wrong-phrase",
                        place,
                        "\"%s\" cannot be asked of %s, which is a word.".formatted(phrase, quoted(fact)),
                        "Write a word, several joined by \"or\", \"not\" and words, known or unknown.");
                return null;
            }
            var known = knownWord(fact, word, place);
            if (known == null) {
                return null;
            }
            words.add(known);
        }
        return new Words(words, negated);
    }

    private @Nullable String knownWord(Fact fact, String word, Place place) {
        var one = fact.source().namesOf();
        boolean isOpen = fact.words().isEmpty() && (one.isEmpty() || one.equals("stage"));
        if (isOpen || fact.words().contains(word)) {
            return word;
        }
        for (var candidate : fact.words()) {
            if (candidate.equalsIgnoreCase(word)) {
                return candidate;
            }
        }
        problems.error(
                "unknown-" + (one.isEmpty() ? "word" : one),
                place,
                "There is no %s \"%s\".".formatted(one.isEmpty() ? "value of " + quoted(fact) : one, word),
                Suggestion.cure(word, one.isEmpty() ? "values" : one + "s", fact.words()));
        return null;
    }

    private @Nullable Numbers numbers(Fact fact, String phrase, Place place) {
        Numbers all = null;
        for (var part : AND.split(SHORT_FORMS.matcher(phrase).replaceAll(" and "), -1)) {
            boolean negated = part.trim().toLowerCase(Locale.ROOT).startsWith(NOT);
            var listed = negated ? part.trim().substring(NOT.length()) : part.trim();
            Numbers any = null;
            for (var alternative : OR.split(listed, -1)) {
                var one = comparison(fact, alternative.trim(), phrase, place);
                if (one == null) {
                    return null;
                }
                any = any == null ? one : any.or(one);
            }
            if (any != null) {
                var one = negated ? any.complement() : any;
                all = all == null ? one : all.intersect(one);
            }
        }
        return all;
    }

    private @Nullable Numbers comparison(Fact fact, String part, String phrase, Place place) {
        var range = RANGE.matcher(part);
        if (range.matches()) {
            var low = units(fact, range.group(1), phrase, place);
            var high = low == null ? null : units(fact, range.group(2), phrase, place);
            return low == null || high == null ? null : Numbers.between(low, part.contains("..<") ? high - 1 : high);
        }
        var comparison = COMPARISON.matcher(part);
        if (!comparison.matches()) {
            return notANumber(fact, phrase, place);
        }
        var units = units(fact, comparison.group(2), phrase, place);
        if (units == null) {
            return null;
        }
        var operator = comparison.group(1) == null ? "=" : comparison.group(1).toLowerCase(Locale.ROOT);
        return switch (operator) {
            case "at least", ">=" -> Numbers.between(units, Long.MAX_VALUE);
            case "at most", "<=" -> Numbers.between(FactValues.LOWEST, units);
            case "more than", ">" -> Numbers.between(units + 1, Long.MAX_VALUE);
            case "less than", "<" -> Numbers.between(FactValues.LOWEST, units - 1);
            default -> Numbers.between(units, units);
        };
    }

    /** Stored units of a number, or of a duration where the fact is measured in one. */
    private @Nullable Long units(Fact fact, String text, String phrase, Place place) {
        var number = text.trim();
        var duration = fact.unit() == null ? null : Durations.parse(number);
        if (duration != null) {
            return duration.toMillis();
        }
        if (!NUMBER.matcher(number).matches()) {
            notANumber(fact, phrase, place);
            return null;
        }
        var units = new BigDecimal(number).multiply(BigDecimal.valueOf(fact.unitsPerOne()));
        if (units.toBigInteger().bitLength() > 62) {
            problems.error(
                    "too-large",
                    place,
                    "%s is more than %s can ever be.".formatted(number, quoted(fact)),
                    "Write a smaller number.");
            return null;
        }
        if (units.stripTrailingZeros().scale() > 0) {
            problems.error(
                    "too-many-decimals",
                    place,
                    "%s has more decimals than %s can have.".formatted(number, quoted(fact)),
                    fact.type() == FactType.WHOLE ? "Write a whole number." : "Write fewer decimals.");
            return null;
        }
        return units.longValueExact();
    }

    private @Nullable Numbers notANumber(Fact fact, String phrase, Place place) {
        problems.error(
                "wrong-type",
                place,
                "%s is a number, but \"%s\" is written here.".formatted(quoted(fact), phrase),
                "Write digits, for example: at least 50 and less than 80, or 50 to 80.");
        return null;
    }

    private @Nullable ValueSet dates(Fact fact, String phrase, Place place) {
        var lower = phrase.toLowerCase(Locale.ROOT);
        if (lower.startsWith("in the last ")) {
            Duration within = Durations.parse(phrase.substring("in the last ".length()));
            return within == null ? notADate(fact, phrase, place) : new InTheLast(within);
        }
        Numbers all = null;
        for (var part : AND.split(phrase, -1)) {
            var one = dateComparison(part.trim());
            if (one == null) {
                return notADate(fact, phrase, place);
            }
            all = all == null ? one : all.intersect(one);
        }
        return all;
    }

    private @Nullable Numbers dateComparison(String part) {
        var lower = part.toLowerCase(Locale.ROOT);
        try {
            if (lower.startsWith("before ")) {
                return Numbers.between(FactValues.LOWEST, startOf(part.substring(7)) - 1);
            }
            if (lower.startsWith("after ")) {
                return Numbers.between(endOf(part.substring(6)) + 1, Long.MAX_VALUE);
            }
            var ends = part.split(" to ", 2);
            return Numbers.between(startOf(ends[0]), endOf(ends[ends.length - 1]));
        } catch (DateTimeParseException notADate) {
            return null;
        }
    }

    private long startOf(String day) {
        return date(day).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private static LocalDate date(String text) {
        var day = text.trim();
        if (day.length() != LENGTH_OF_DATE) {
            throw new DateTimeParseException("years have four digits", day, 0);
        }
        return LocalDate.parse(day);
    }

    private long endOf(String day) {
        return date(day).plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli() - 1;
    }

    private @Nullable Numbers notADate(Fact fact, String phrase, Place place) {
        problems.error(
                "wrong-type",
                place,
                "%s is a date, but \"%s\" is written here.".formatted(quoted(fact), phrase),
                "Write year-month-day: before 2026-12-01, after 2026-12-01, or in the last 14 days.");
        return null;
    }

    /** The zones a message may propose, for a misspelt one. */
    public static @Nullable ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            return null;
        }
    }

    /** The words of a phrase that names ids, such as {@code shop or club}. */
    public static SortedSet<String> names(String text) {
        var names = new TreeSet<String>();
        for (var name : OR.split(text.trim(), -1)) {
            names.add(name);
        }
        return names;
    }
}
