package io.tappa.engine.pack;

import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code rates.yaml}: what one unit of another currency is in the pack's. */
final class RatesReader {
    private static final String RATES = "rates";
    private static final String RATE = "[0-9]{1,9}(\\.[0-9]{1,12})?";

    private final PackSettings settings;
    private final Problems problems;

    RatesReader(PackSettings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** The rates by currency and first day. */
    Map<String, NavigableMap<LocalDate, BigDecimal>> read(YamlNode root) {
        var rates = new TreeMap<String, NavigableMap<LocalDate, BigDecimal>>();
        var map = new Fields(root, "\"rates:\" and currencies", problems).take(RATES);
        if (map != null) {
            map.entries(problems, "rates by currency").forEach((currency, value) -> {
                if (isForeign(currency)) {
                    rates.put(currency.text(), rates(value));
                }
            });
        }
        return rates;
    }

    private boolean isForeign(YamlNode currency) {
        var known = Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .collect(Collectors.toSet());
        if (!known.contains(currency.text())) {
            problems.error(
                    "unknown-currency",
                    currency.place(),
                    "\"%s\" is no currency.".formatted(currency.text()),
                    "Write its three capital letters, such as CHF or USD.");
            return false;
        }
        if (currency.text().equals(settings.currency().getCurrencyCode())) {
            problems.error(
                    "wrong-currency",
                    currency.place(),
                    "%s is the pack's own currency.".formatted(currency.text()),
                    "Leave it out: it needs no rate.");
            return false;
        }
        return true;
    }

    private NavigableMap<LocalDate, BigDecimal> rates(YamlNode value) {
        var rates = new TreeMap<LocalDate, BigDecimal>();
        if (value.isText()) {
            add(rates, LocalDate.MIN, value);
            return rates;
        }
        for (var item : value.items()) {
            var fields = new Fields(item, "a rate and from when it holds", problems);
            var from = day(fields);
            fields.required("rate");
            var rate = fields.take("rate");
            fields.finish();
            if (from != null && rate != null) {
                add(rates, from, rate);
            }
        }
        return rates;
    }

    private @Nullable LocalDate day(Fields fields) {
        var text = fields.required("from");
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException noDay) {
            problems.error(
                    "wrong-type",
                    fields.placeOf("from"),
                    "\"%s\" is no date.".formatted(text),
                    "Write for example 2026-01-01.");
            return null;
        }
    }

    private void add(NavigableMap<LocalDate, BigDecimal> rates, LocalDate from, YamlNode rate) {
        boolean isRate = rate.isText() && rate.text().matches(RATE) && new BigDecimal(rate.text()).signum() > 0;
        if (!isRate) {
            problems.error(
                    "wrong-type",
                    rate.place(),
                    "\"%s\" is no rate.".formatted(rate.text()),
                    "Write what one unit of it is in %s, such as 1.05."
                            .formatted(settings.currency().getCurrencyCode()));
        } else if (rates.putIfAbsent(from, new BigDecimal(rate.text())) != null) {
            problems.error(
                    "duplicate-key", rate.place(), "Two rates hold from %s.".formatted(from), "Keep one of them.");
        }
    }
}
