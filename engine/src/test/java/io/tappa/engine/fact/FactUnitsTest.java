package io.tappa.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that visitors' browsers send, as stored numbers and dates: hostile ones are unknown, and nothing throws. */
class FactUnitsTest {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final Source FROM_CONTEXT = new Source.Context("anything");
    private static final Fact MONEY = Fact.of(0, "paid", "paid", FactType.MONEY, 100, FROM_CONTEXT);
    private static final Fact DATE = Fact.of(0, "born", "born", FactType.DATE, 1, FROM_CONTEXT);

    @ParameterizedTest
    @CsvSource({
        "50, 5000",
        "4.00, 400",
        "-4, -400",
        "+4, 400",
        ".5, 50",
        "5., 500",
        "12.345, 1235",
        "12.344, 1234",
        "-12.345, -1235",
        "1e3, 100000",
        "1E-2, 1",
        "46116860184273879.03, 4611686018427387903"
    })
    void aNumberIsRoundedHalfUpOnce(String text, long cents) {
        assertThat(MONEY.units(text)).isEqualTo(cents);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "much",
                "1,50",
                "1 000",
                "NaN",
                "Infinity",
                "0x10",
                "--1",
                "1e",
                "1e999999999",
                "1E2147483647",
                "-1E2147483647",
                "1E-2147483647",
                "0e99",
                "46116860184273879.04",
                "9999999999999999999999",
                "00000000000000000000000000000000000000000000001"
            })
    void whatIsNoReasonableNumberIsUnknownAtOnce(String text) {
        long units = assertTimeoutPreemptively(Duration.ofSeconds(2), () -> MONEY.units(text));

        assertThat(units).isEqualTo(FactValues.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29, 2026-03-28T23:00:00Z",
        "2026-03-30, 2026-03-29T22:00:00Z",
        "2026-10-25, 2026-10-24T22:00:00Z",
        "2026-03-29T00:30:00Z, 2026-03-29T00:30:00Z"
    })
    void aDateBeginsAtMidnightInTheZone(String text, Instant begins) {
        assertThat(date(text)).isEqualTo(begins.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring",
                "2026-13-01",
                "2026-02-30",
                "29/03/2026",
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59Z",
                "2026-03-29T00:30:00"
            })
    void whatIsNoDateIsUnknown(String text) {
        assertThat(date(text)).isEqualTo(FactValues.UNKNOWN);
    }

    private static long date(String text) {
        var values = new FactValues(1, 0, ProductNews.NONE, ZoneOffset.UTC);
        DATE.put(values, text, ROME);
        return values.number(0);
    }

    @Test
    void absurdAmountsNeverOverflowABasket() {
        var basket = new BasketAccumulator(BasketAccumulator.Reading.VALUE, 100);
        for (var price : new String[] {"46116860184273879", "-46116860184273879"}) {
            Cell cell = null;
            for (int i = 0; i < 60; i++) {
                cell = basket.fold(
                        cell,
                        "Product Added",
                        i,
                        new TreeMap<>(Map.of("product_id", "p" + i, "quantity", "999999999999", "price", price)));
            }
            var values = new FactValues(1, 100, ProductNews.NONE, ZoneOffset.UTC);
            basket.read(cell, MONEY, values, ROME);

            assertThat(Math.signum((double) values.number(0))).isEqualTo(Math.signum(Double.parseDouble(price)));
        }
    }
}
