package io.tappa.engine.offer;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with facts in it, such as {@code {basket gap} € to free shipping}.
 *
 * @param parts plain texts, facts and the visitor's code in turn
 */
public record Template(List<Part> parts) {
    private static final int MOST_DECIMALS = 6;

    /**
     * A piece of a template: exactly one of the two is given, or neither where the visitor's code stands.
     *
     * @param text plain text
     * @param fact the fact whose value stands here
     */
    public record Part(@Nullable String text, @Nullable Fact fact) {
        /** Where the visitor's code stands. */
        public static final Part CODE = new Part(null, null);

        /** Plain text. */
        public static Part of(String text) {
            return new Part(text, null);
        }

        /** A place for the value of {@code fact}. */
        public static Part of(Fact fact) {
            return new Part(null, fact);
        }
    }

    public Template {
        parts = List.copyOf(parts);
    }

    /**
     * The text for one visitor, numbers and days in these forms, values written as {@code escape} says; null when a fact is
     * unknown, or when the values make a text that cannot be shown there. {@code code} is the visitor's.
     */
    public @Nullable String render(FactValues values, String code, Forms forms, ZoneId zone, Escape escape) {
        if (parts.size() == 1 && parts.get(0).text() != null) {
            return escape.fits(start(), start()) ? start() : null;
        }
        var text = new StringBuilder();
        for (var part : parts) {
            var said = part.text();
            if (said == null) {
                var fact = part.fact();
                var value = fact == null ? code : say(fact, values, escape.forms(forms), zone);
                if (value == null) {
                    return null;
                }
                said = escape.value(value);
            }
            text.append(said);
        }
        return escape.fits(start(), text.toString()) ? text.toString() : null;
    }

    /** Whether its text can be shown there for anybody: an address must name its host before the first fact. */
    public boolean suits(Escape escape) {
        var text = new StringBuilder();
        parts.forEach(part -> text.append(part.text() == null ? "x" : part.text()));
        return escape.fits(start(), text.toString());
    }

    /** The whole text where neither a fact nor a code stands in it, else null. */
    public @Nullable String plain() {
        return parts.size() == 1 ? parts.get(0).text() : null;
    }

    /** Whether the visitor's code stands in it. */
    public boolean hasCode() {
        return parts.contains(Part.CODE);
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

    /** What stands in front of the first fact. */
    private String start() {
        var first = parts.isEmpty() ? null : parts.get(0).text();
        return first == null ? "" : first;
    }

    private static @Nullable String say(Fact fact, FactValues values, Forms forms, ZoneId zone) {
        if (!values.knows(fact)) {
            return null;
        }
        if (fact.type() == FactType.DATE) {
            return forms.day(Instant.ofEpochMilli(values.number(fact.index()))
                    .atZone(zone)
                    .toLocalDate());
        }
        if (fact.type().isNumeric()) {
            boolean hasCents = fact.type() == FactType.MONEY && fact.unitsPerOne() > 1;
            int cents = String.valueOf(fact.unitsPerOne()).length() - 1;
            return forms.number(
                    fact.number(values.number(fact.index())), hasCents ? cents : 0, hasCents ? cents : MOST_DECIMALS);
        }
        var several = values.words(fact.index());
        return several == null ? values.word(fact.index()) : String.join(", ", several);
    }
}
