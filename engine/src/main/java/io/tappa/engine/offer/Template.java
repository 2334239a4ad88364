package io.tappa.engine.offer;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text with facts in it, such as {@code {basket gap} € to free shipping}.
 *
 * @param parts plain texts and facts in turn
 */
public record Template(List<Part> parts) {
    /**
     * A piece of a template: exactly one of the two is given.
     *
     * @param text plain text
     * @param fact the fact whose value stands here
     */
    public record Part(@Nullable String text, @Nullable Fact fact) {}

    public Template {
        parts = List.copyOf(parts);
    }

    /** The text for one visitor, numbers and dates in the habit of {@code locale}; null when a fact is unknown. */
    public @Nullable String render(FactValues values, Locale locale, ZoneId zone) {
        if (parts.size() == 1 && parts.get(0).text() != null) {
            return parts.get(0).text();
        }
        var text = new StringBuilder();
        for (var part : parts) {
            var said =
                    part.text() != null ? part.text() : say(Objects.requireNonNull(part.fact()), values, locale, zone);
            if (said == null) {
                return null;
            }
            text.append(said);
        }
        return text.toString();
    }

    /** The first fact whose value is unknown, or null. */
    public @Nullable Fact unknown(FactValues values) {
        for (var part : parts) {
            if (part.fact() != null && !values.knows(part.fact())) {
                return part.fact();
            }
        }
        return null;
    }

    private static @Nullable String say(Fact fact, FactValues values, Locale locale, ZoneId zone) {
        if (!values.knows(fact)) {
            return null;
        }
        if (fact.type() == FactType.DATE) {
            return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                    .withLocale(locale)
                    .format(Instant.ofEpochMilli(values.number(fact.index())).atZone(zone));
        }
        if (fact.type().isNumeric()) {
            var pattern = fact.type() == FactType.MONEY && fact.unitsPerOne() > 1
                    ? "#,##0." + "0".repeat(String.valueOf(fact.unitsPerOne()).length() - 1)
                    : "#,##0.######";
            var format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(locale));
            format.setRoundingMode(RoundingMode.HALF_UP);
            return format.format(fact.number(values.number(fact.index())));
        }
        var several = values.words(fact.index());
        return several == null ? values.word(fact.index()) : String.join(", ", several);
    }
}
