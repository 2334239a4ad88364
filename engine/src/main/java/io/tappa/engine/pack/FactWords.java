package io.tappa.engine.pack;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;

/** Values of facts as authors write them. */
public record FactWords(PackSettings settings) {
    /** What {@code values} say of {@code fact}: {@code 62 EUR}, {@code 48 hours}, {@code IT}, {@code unknown}. */
    public String inWords(Fact fact, FactValues values) {
        if (!values.knows(fact)) {
            return "unknown";
        }
        return switch (fact.type()) {
            case WHOLE, NUMBER, MONEY, DATE -> inWords(fact, values.number(fact.index()));
            case YESNO, WORD, TEXT -> Objects.requireNonNull(values.word(fact.index()));
            case WORDS -> {
                var several = Objects.requireNonNull(values.words(fact.index()));
                yield several.isEmpty() ? "none" : String.join(" and ", several);
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
        return fact.unit() == null ? number : number + " " + fact.unit();
    }

    private LocalDate day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(settings.zone()).toLocalDate();
    }
}
