package io.tappa.engine.offer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a language writes numbers and days: a small table of our own, since that of Java differs between its versions, and
 * what was decided must come out again byte for byte.
 */
public final class Forms {
    private static final String POINT = ".";
    private static final String COMMA = ",";
    private static final String SPACE = "\u00a0";
    private static final String NARROW_SPACE = "\u202f";
    private static final int GROUP = 3;

    private static final DateTimeFormatter ISO = digits("uuuu-MM-dd");
    private static final DateTimeFormatter POINTS = digits("dd.MM.u");
    private static final DateTimeFormatter SPACED = digits("d. M. u");
    private static final DateTimeFormatter SLASHES = digits("dd/MM/u");

    /** For machines, and for languages that are not in the table. */
    static final Forms PLAIN = new Forms(POINT, "", ISO);

    private static final Pattern SUBTAGS = Pattern.compile("[-_]");
    private static final Map<String, Forms> BY_LANGUAGE = table();

    private final String decimal;
    private final String grouping;
    private final DateTimeFormatter day;

    private Forms(String decimal, String grouping, DateTimeFormatter day) {
        this.decimal = decimal;
        this.grouping = grouping;
        this.day = day;
    }

    private static Map<String, Forms> table() {
        var table = new HashMap<String, Forms>();
        var english = words("", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", " d, u");
        var italian = words("d ", "gen feb mar apr mag giu lug ago set ott nov dic", " u");
        put(table, "en", new Forms(POINT, COMMA, english));
        put(table, "it", new Forms(COMMA, POINT, italian));
        put(table, "ga mt", new Forms(POINT, COMMA, SLASHES));
        put(table, "da de is ro tr", new Forms(COMMA, POINT, POINTS));
        put(table, "el es pt", new Forms(COMMA, POINT, SLASHES));
        put(table, "hr", new Forms(COMMA, POINT, digits("dd.MM.u.")));
        put(table, "nl", new Forms(COMMA, POINT, digits("dd-MM-u")));
        put(table, "sl", new Forms(COMMA, POINT, SPACED));
        put(table, "bg et fi lv nb nn no pl ru sq uk", new Forms(COMMA, SPACE, POINTS));
        put(table, "cs sk", new Forms(COMMA, SPACE, SPACED));
        put(table, "hu", new Forms(COMMA, SPACE, digits("u. MM. dd.")));
        put(table, "lt sv", new Forms(COMMA, SPACE, ISO));
        put(table, "fr", new Forms(COMMA, NARROW_SPACE, SLASHES));
        return Map.copyOf(table);
    }

    private static void put(Map<String, Forms> table, String languages, Forms forms) {
        for (var language : languages.split(" ", -1)) {
            table.put(language, forms);
        }
    }

    private static DateTimeFormatter digits(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    }

    private static DateTimeFormatter words(String before, String months, String after) {
        var names = new HashMap<Long, String>();
        for (var month : List.of(months.split(" ", -1))) {
            names.put(names.size() + 1L, month);
        }
        var pattern = new DateTimeFormatterBuilder();
        if (!before.isEmpty()) {
            pattern.appendPattern(before);
        }
        return pattern.appendText(ChronoField.MONTH_OF_YEAR, names)
                .appendPattern(after)
                .toFormatter(Locale.ROOT);
    }

    /** The forms of a language such as {@code it} or {@code it-CH}, by its first part; plain ones when it is not in the table. */
    public static Forms of(String language) {
        return BY_LANGUAGE.getOrDefault(SUBTAGS.split(language, 2)[0].toLowerCase(Locale.ROOT), PLAIN);
    }

    /** A number with at least {@code fewest} and at most {@code most} decimals, rounded half up: {@code 1.234,50}. */
    String number(BigDecimal value, int fewest, int most) {
        var rounded = value.setScale(most, RoundingMode.HALF_UP);
        int decimals = Math.max(fewest, rounded.stripTrailingZeros().scale());
        var digits = rounded.abs().setScale(decimals, RoundingMode.UNNECESSARY).toPlainString();
        int wholes = decimals == 0 ? digits.length() : digits.length() - decimals - 1;
        var text = new StringBuilder(rounded.signum() < 0 ? "-" : "");
        for (int i = 0; i < wholes; i++) {
            text.append(i > 0 && (wholes - i) % GROUP == 0 ? grouping : "").append(digits.charAt(i));
        }
        return decimals == 0
                ? text.toString()
                : text.append(decimal)
                        .append(digits, wholes + 1, digits.length())
                        .toString();
    }

    /** A day, of medium length: {@code 31 dic 2026}, {@code 31.12.2026}. */
    String day(LocalDate date) {
        return day.format(date);
    }
}
