package io.tappa.engine.fact;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that rules may ask about a visitor.
 *
 * @param index its place in the catalogue and in {@link FactValues}
 * @param id stable name in files and answers
 * @param label the marketer's name for it
 * @param type what its value is
 * @param unitsPerOne how many stored units make one of what authors write: 100 cents a euro, 3,600,000 ms an hour
 * @param unit what one is called, such as {@code hours}, or null
 * @param source where the value comes from
 * @param lowest lowest possible value in stored units
 * @param highest highest possible value in stored units
 * @param words all possible words, or empty when any word is possible
 */
public record Fact(
        int index,
        String id,
        String label,
        FactType type,
        long unitsPerOne,
        @Nullable String unit,
        Source source,
        long lowest,
        long highest,
        List<String> words) {
    /** Most decimals of a {@link FactType#NUMBER}. */
    public static final long MILLIONTHS = 1_000_000;

    /** At most two digits of exponent: {@code 1e999999999} would otherwise be written out. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,2})?");

    private static final int LONGEST_NUMBER = 40;
    private static final int MOST_DIGITS = 18;

    /** Texts this short, in units this small, are far from overflowing. */
    private static final int MOST_PLAIN = 9;

    private static final long HIGHEST_PLAIN_UNIT = 1_000_000_000;
    private static final long[] TENS =
            LongStream.iterate(1, power -> power * 10).limit(MOST_PLAIN).toArray();

    public Fact {
        words = List.copyOf(words);
    }

    /** A fact of any value. */
    public static Fact of(int index, String id, String label, FactType type, long unitsPerOne, Source source) {
        return new Fact(
                index, id, label, type, unitsPerOne, null, source, FactValues.LOWEST, Long.MAX_VALUE, List.of());
    }

    /** The same fact, limited to {@code words}. */
    public Fact oneOf(List<String> allowed) {
        return new Fact(index, id, label, type, unitsPerOne, unit, source, lowest, highest, allowed);
    }

    /** The same fact, limited to values from {@code low} to {@code high}, in stored units. */
    public Fact between(long low, long high) {
        return new Fact(index, id, label, type, unitsPerOne, unit, source, low, high, words);
    }

    /** The same fact, of which nothing is known. */
    Fact untold() {
        return new Fact(index, id, label, type, unitsPerOne, unit, new Source.Unreadable(), lowest, highest, words);
    }

    /** Whether its definition was so wrong that nothing more can be said about phrases that ask for it. */
    public boolean isUnreadable() {
        return source instanceof Source.Unreadable;
    }

    /** Stored units of a number read from an event or a trait, rounded half up once; unknown when it is no number. */
    public long units(String text) {
        return units(text, unitsPerOne);
    }

    static long units(String text, long unitsPerOne) {
        long plain = plainUnits(text, unitsPerOne);
        if (plain >= 0) {
            return plain;
        }
        var value = decimal(text);
        if (value == null) {
            return FactValues.UNKNOWN;
        }
        var units = value.multiply(BigDecimal.valueOf(unitsPerOne)).setScale(0, RoundingMode.HALF_UP);
        return units.toBigInteger().bitLength() > 62 ? FactValues.UNKNOWN : units.longValueExact();
    }

    /** The number that {@code text} writes; null when it writes none, or one with too many digits. */
    public static @Nullable BigDecimal decimal(String text) {
        if (text.length() > LONGEST_NUMBER || !NUMBER.matcher(text).matches()) {
            return null;
        }
        var value = new BigDecimal(text);
        return value.precision() - value.scale() > MOST_DIGITS ? null : value;
    }

    /** The same for what most numbers are, a few digits and perhaps a point; negative for any other text. */
    private static long plainUnits(String text, long unitsPerOne) {
        if (text.length() > MOST_PLAIN || unitsPerOne > HIGHEST_PLAIN_UNIT) {
            return -1;
        }
        long digits = 0;
        int point = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && point < 0) {
                point = i;
            } else if (c >= '0' && c <= '9') {
                digits = digits * 10 + c - '0';
            } else {
                return -1;
            }
        }
        int decimals = point < 0 ? 0 : text.length() - 1 - point;
        boolean anyDigit = text.length() > (point < 0 ? 0 : 1);
        return anyDigit ? (digits * unitsPerOne + TENS[decimals] / 2) / TENS[decimals] : -1;
    }

    /** The sum of two numbers; what is too large or too low stays the largest or lowest. */
    static long saturatingSum(long left, long right) {
        long sum = left + right;
        boolean overflown = ((left ^ sum) & (right ^ sum)) < 0;
        return overflown ? (left < 0 ? FactValues.LOWEST : Long.MAX_VALUE) : sum;
    }

    /** Writes a value that was kept as text into {@code values}; text that does not fit the type stays unknown. */
    void put(FactValues values, @Nullable String text, ZoneId zone) {
        if (text == null || text.isEmpty()) {
            return;
        }
        switch (type) {
            case WHOLE, NUMBER, MONEY -> values.put(index, units(text));
            case YESNO -> values.put(index, yesNo(text));
            case WORD, TEXT -> values.put(index, text);
            case DATE -> values.put(index, date(text, zone));
            case WORDS -> values.put(index, new TreeSet<>(List.of(text.split(" or ", -1))));
        }
    }

    private static @Nullable String yesNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "1" -> "yes";
            case "no", "false", "0" -> "no";
            default -> null;
        };
    }

    private static long date(String text, ZoneId zone) {
        if (!text.startsWith("-", 4)) {
            return FactValues.UNKNOWN;
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant().toEpochMilli()
                    : Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException noDate) {
            return FactValues.UNKNOWN;
        }
    }

    /** Stored units as the author's number; at most the decimals the unit carries, hours and days at most two. */
    public BigDecimal number(long units) {
        var value = BigDecimal.valueOf(units);
        if (type == FactType.MONEY) {
            return value.divide(BigDecimal.valueOf(unitsPerOne));
        }
        var number = value.divide(BigDecimal.valueOf(unitsPerOne), unit == null ? 6 : 2, RoundingMode.HALF_UP);
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}
