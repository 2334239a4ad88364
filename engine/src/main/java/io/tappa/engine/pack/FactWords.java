package io.tappa.engine.pack;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;

/**
 * Values of facts in words.
 *
 * @param settings currency and zone
 * @param terms the words of a language
 */
public record FactWords(PackSettings settings, Terms terms) {
    /** The words of one language that values need. */
    public interface Terms {
        /** What is said where nothing is known. */
        String unknown();

        /** What is said of a list with nothing on it. */
        String none();

        /** One value and another. */
        String both(String left, String right);

        /** So many {@code minutes}, {@code hours} or {@code days}. */
        String measured(String number, String unit);
    }

    private enum English implements Terms {
        TERMS;

        @Override
        public String unknown() {
            return "unknown";
        }

        @Override
        public String none() {
            return "none";
        }

        @Override
        public String both(String left, String right) {
            return left + " and " + right;
        }

        @Override
        public String measured(String number, String unit) {
            return number + " " + (number.equals("1") ? unit.substring(0, unit.length() - 1) : unit);
        }
    }

    /** In English, as authors write them. */
    public static FactWords english(PackSettings settings) {
        return new FactWords(settings, English.TERMS);
    }

    /** What {@code values} say of {@code fact}: {@code 62 EUR}, {@code 48 hours}, {@code IT}, {@code unknown}. */
    public String inWords(Fact fact, FactValues values) {
        if (!values.knows(fact)) {
            return terms.unknown();
        }
        return switch (fact.type()) {
            case WHOLE, NUMBER, MONEY, DATE -> inWords(fact, values.number(fact.index()));
            case YESNO, WORD, TEXT -> Objects.requireNonNull(values.word(fact.index()));
            case WORDS -> {
                var several = Objects.requireNonNull(values.words(fact.index()));
                yield several.stream().reduce(terms::both).orElseGet(terms::none);
            }
        };
    }

    /** A value of a fact that is a number or a date, in stored units. */
    public String inWords(Fact fact, long units) {
        if (fact.type() == FactType.DATE) {
            return day(units).toString();
        }
        var number = fact.number(units).toPlainString();
        if (fact.type() == FactType.MONEY) {
            return number + " " + settings.currency();
        }
        var unit = fact.unit();
        return unit == null ? number : terms.measured(number, unit);
    }

    private LocalDate day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(settings.zone()).toLocalDate();
    }
}
