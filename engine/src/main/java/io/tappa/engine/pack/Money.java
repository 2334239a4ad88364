package io.tappa.engine.pack;

import io.tappa.engine.fact.Accumulator;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.NewestAccumulator;
import io.tappa.engine.fact.Source;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Amounts that come in some currency, in the pack's own: converted by {@code rates.yaml}, rounded half up once to minor
 * units.
 */
public final class Money {
    /** Where an event says its currency. */
    public static final String CURRENCY = "currency";
    /** The code of a refusal for want of a rate. */
    public static final String CODE = "currency";

    private static final Set<String> AMOUNTS =
            Set.of("amount", "discount", "price", "revenue", "shipping", "subtotal", "tax", "total", "value");
    private static final Pattern OF_PRODUCT = Pattern.compile("products\\.[0-9]+\\.");

    private final PackSettings settings;
    private final SortedMap<String, NavigableMap<LocalDate, BigDecimal>> rates;
    private final Set<String> amounts;

    /** Money of a pack with these rates, by currency and first day; the money facts of {@code facts} name more amounts. */
    Money(PackSettings settings, Map<String, NavigableMap<LocalDate, BigDecimal>> rates, Collection<Fact> facts) {
        this.settings = settings;
        this.rates = new TreeMap<>(rates);
        this.amounts = new TreeSet<>(AMOUNTS);
        facts.forEach(this::addAmount);
    }

    private void addAmount(Fact fact) {
        if (fact.type() == FactType.MONEY && fact.source() instanceof Source.Gathered gathered) {
            var accumulator = gathered.accumulator();
            @Nullable String property = null;
            if (accumulator instanceof Accumulator.SumEver sum) {
                property = sum.property();
            } else if (accumulator instanceof Accumulator.Edge edge) {
                property = edge.property();
            } else if (accumulator instanceof NewestAccumulator newest) {
                property = newest.property();
            }
            if (property != null) {
                amounts.add(property);
            }
        }
    }

    /** What {@code amount} of {@code currency} (null or empty for the pack's own) is in minor units on {@code day}; null without a rate. */
    public @Nullable BigDecimal minor(BigDecimal amount, @Nullable String currency, LocalDate day) {
        var rate = rate(currency, day);
        return rate == null
                ? null
                : amount.multiply(rate)
                        .multiply(BigDecimal.valueOf(settings.minorUnits()))
                        .setScale(0, RoundingMode.HALF_UP);
    }

    private @Nullable BigDecimal rate(@Nullable String currency, LocalDate day) {
        if (isOwn(currency)) {
            return BigDecimal.ONE;
        }
        var known = rates.get(settings.plain(currency));
        var rate = known == null ? null : known.floorEntry(day);
        return rate == null ? null : rate.getValue();
    }

    private boolean isOwn(@Nullable String currency) {
        return settings.plain(currency).equals(settings.currency().getCurrencyCode());
    }

    /** Why an amount of {@code currency} cannot be told in the pack's own on {@code day}. */
    public Problem noRate(@Nullable String currency, LocalDate day, String pointer) {
        var code = settings.plain(currency);
        var own = settings.currency().getCurrencyCode();
        var known = rates.get(code);
        var named = code.matches("[A-Z]{3}") ? code : "a currency that nobody knows";
        return Problem.error(
                CODE,
                Place.pointer(pointer),
                known == null
                        ? "The amount is in %s, and rates.yaml has no rate for it.".formatted(named)
                        : "The amount is in %s and of %s, and rates.yaml has a rate for it only from %s on."
                                .formatted(named, day, known.firstKey()),
                "Add the rate to rates.yaml, or convert amounts to %s before they are sent.".formatted(own));
    }

    /** Why the amounts of an event cannot be told in the pack's currency; null when they can. */
    public @Nullable Problem obstacle(SortedMap<String, String> values, LocalDate day, String pointer) {
        var foreign = foreign(values);
        for (var path : foreign.keySet()) {
            var currency = currencyOf(values, path);
            if (rate(currency, day) == null) {
                return noRate(currency, day, pointer + "/properties/currency");
            }
        }
        return null;
    }

    /** The values of an event, all amounts in the pack's currency. */
    public SortedMap<String, String> inOwn(SortedMap<String, String> values, LocalDate day) {
        var foreign = foreign(values);
        if (foreign.isEmpty()) {
            return values;
        }
        var own = new TreeMap<>(values);
        foreign.forEach((path, amount) -> {
            var minor = minor(amount, currencyOf(values, path), day);
            if (minor != null) {
                own.put(
                        path,
                        minor.divide(BigDecimal.valueOf(settings.minorUnits())).toPlainString());
            }
        });
        own.replaceAll((path, value) -> isCurrency(path) ? settings.currency().getCurrencyCode() : value);
        return own;
    }

    private static boolean isCurrency(String path) {
        return plain(path).equals(CURRENCY);
    }

    private SortedMap<String, BigDecimal> foreign(SortedMap<String, String> values) {
        var foreign = new TreeMap<String, BigDecimal>();
        if (isAllOwn(values)) {
            return foreign;
        }
        values.forEach((path, text) -> {
            var amount = amounts.contains(plain(path)) && !isOwn(currencyOf(values, path)) ? Fact.decimal(text) : null;
            if (amount != null) {
                foreign.put(path, amount);
            }
        });
        return foreign;
    }

    private boolean isAllOwn(SortedMap<String, String> values) {
        for (var value : values.entrySet()) {
            boolean isCurrency = value.getKey().endsWith(CURRENCY) && isCurrency(value.getKey());
            if (isCurrency && !isOwn(value.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String currencyOf(SortedMap<String, String> values, String path) {
        var product = OF_PRODUCT.matcher(path);
        var ofProduct = product.lookingAt() ? values.get(product.group() + CURRENCY) : null;
        return ofProduct != null ? ofProduct : values.get(CURRENCY);
    }

    /** The path without the product it stands in. */
    private static String plain(String path) {
        var product = OF_PRODUCT.matcher(path);
        return product.lookingAt() ? path.substring(product.end()) : path;
    }
}
