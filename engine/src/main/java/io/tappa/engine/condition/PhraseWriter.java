package io.tappa.engine.condition;

import io.tappa.engine.condition.ValueSet.InTheLast;
import io.tappa.engine.condition.ValueSet.Interval;
import io.tappa.engine.condition.ValueSet.Known;
import io.tappa.engine.condition.ValueSet.Numbers;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes sets of values as an author would: what {@link PhraseReader} reads again as the same set.
 *
 * @param zone whose days are meant by dates
 */
public record PhraseWriter(ZoneId zone) {
    private static final int MOST_DECIMALS = 9;
    private static final long MILLIS_PER_SECOND = 1_000;

    /** {@code values} of {@code fact} as a phrase: {@code at least 50 and less than 80}, {@code IT or FR}. */
    public String phrase(Fact fact, ValueSet values) {
        if (values instanceof Known known) {
            return known.known() ? "known" : "unknown";
        }
        if (values instanceof Words words) {
            return (words.negated() ? "not " : "") + String.join(" or ", words.words());
        }
        if (values instanceof InTheLast last) {
            return "in the last " + Durations.inWords(last.within());
        }
        return ((Numbers) values)
                .intervals().stream()
                        .map(interval -> fact.type() == FactType.DATE ? dates(interval) : numbers(fact, interval))
                        .collect(Collectors.joining(" or "));
    }

    private static String numbers(Fact fact, Interval interval) {
        if (interval.low() == interval.high()) {
            return number(fact, interval.low());
        }
        if (interval.low() == FactValues.LOWEST) {
            return atMost(fact, interval.high());
        }
        if (interval.high() == Long.MAX_VALUE) {
            return atLeast(fact, interval.low());
        }
        return isWritable(fact, interval.low()) && isWritable(fact, interval.high())
                ? number(fact, interval.low()) + " to " + number(fact, interval.high())
                : atLeast(fact, interval.low()) + " and " + atMost(fact, interval.high());
    }

    private static String atLeast(Fact fact, long low) {
        return isWritable(fact, low) ? "at least " + number(fact, low) : "more than " + number(fact, low - 1);
    }

    private static String atMost(Fact fact, long high) {
        return isWritable(fact, high) ? "at most " + number(fact, high) : "less than " + number(fact, high + 1);
    }

    /** Whether an author writes this number, rather than the one beside it: no milliseconds, no millionths. */
    private static boolean isWritable(Fact fact, long units) {
        return fact.unit() == null
                ? fact.type() != FactType.NUMBER || units % 10 == 0
                : decimal(fact, units) != null || isDuration(units);
    }

    private static boolean isDuration(long units) {
        return units >= 0 && units % MILLIS_PER_SECOND == 0;
    }

    private static String number(Fact fact, long units) {
        var decimal = decimal(fact, units);
        return decimal == null ? Durations.inWords(Duration.ofMillis(units)) : decimal;
    }

    /** The number with as many decimals as a phrase may have, or null when that are not enough. */
    private static @Nullable String decimal(Fact fact, long units) {
        var perOne = BigDecimal.valueOf(fact.unitsPerOne());
        var number = BigDecimal.valueOf(units).divide(perOne, MOST_DECIMALS, RoundingMode.DOWN);
        boolean exact = number.multiply(perOne).compareTo(BigDecimal.valueOf(units)) == 0;
        return exact ? (number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString()) : null;
    }

    private String dates(Interval interval) {
        if (interval.low() == FactValues.LOWEST) {
            return "before " + day(interval.high() + 1);
        }
        if (interval.high() == Long.MAX_VALUE) {
            return "after " + day(interval.low() - 1);
        }
        var first = day(interval.low());
        var last = day(interval.high());
        return first.equals(last) ? first.toString() : first + " to " + last;
    }

    private LocalDate day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
    }
}
