package io.tappa.engine.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {
    private static final LocalDate FIFTH = LocalDate.of(2026, 1, 5);

    /** In the table, {@code _} is a space that does not break and {@code ^} a narrow one. */
    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    bg | -1_234_567,50 | 05.01.2026
                    cs | -1_234_567,50 | 5. 1. 2026
                    da | -1.234.567,50 | 05.01.2026
                    de | -1.234.567,50 | 05.01.2026
                    el | -1.234.567,50 | 05/01/2026
                    en | -1,234,567.50 | Jan 5, 2026
                    es | -1.234.567,50 | 05/01/2026
                    et | -1_234_567,50 | 05.01.2026
                    fi | -1_234_567,50 | 05.01.2026
                    fr | -1^234^567,50 | 05/01/2026
                    ga | -1,234,567.50 | 05/01/2026
                    hr | -1.234.567,50 | 05.01.2026.
                    hu | -1_234_567,50 | 2026. 01. 05.
                    is | -1.234.567,50 | 05.01.2026
                    it | -1.234.567,50 | 5 gen 2026
                    lt | -1_234_567,50 | 2026-01-05
                    lv | -1_234_567,50 | 05.01.2026
                    mt | -1,234,567.50 | 05/01/2026
                    nl | -1.234.567,50 | 05-01-2026
                    nb | -1_234_567,50 | 05.01.2026
                    nn | -1_234_567,50 | 05.01.2026
                    no | -1_234_567,50 | 05.01.2026
                    pl | -1_234_567,50 | 05.01.2026
                    pt | -1.234.567,50 | 05/01/2026
                    ro | -1.234.567,50 | 05.01.2026
                    ru | -1_234_567,50 | 05.01.2026
                    sk | -1_234_567,50 | 5. 1. 2026
                    sl | -1.234.567,50 | 5. 1. 2026
                    sq | -1_234_567,50 | 05.01.2026
                    sv | -1_234_567,50 | 2026-01-05
                    tr | -1.234.567,50 | 05.01.2026
                    uk | -1_234_567,50 | 05.01.2026
                    ja | -1234567.50   | 2026-01-05
                    '' | -1234567.50   | 2026-01-05
                    """)
    void everyLanguageWritesNumbersAndDaysInItsHabit(String language, String number, String day) {
        var forms = Forms.of(language);

        assertThat(forms.number(new BigDecimal("-1234567.5"), 2, 2))
                .isEqualTo(number.replace('_', '\u00a0').replace('^', '\u202f'));
        assertThat(forms.day(FIFTH)).isEqualTo(day);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"de-AT", "DE", "de_CH", "de-Latn-DE"})
    void theFirstPartOfALanguageCounts(String language) {
        assertThat(Forms.of(language)).isSameAs(Forms.of("de"));
    }

    @ParameterizedTest(name = "{0} with {1} to {2} decimals: {3}")
    @CsvSource(delimiter = '|', textBlock = """
                    0             | 2 | 2 | 0,00
                    17.5          | 2 | 2 | 17,50
                    999           | 2 | 2 | 999,00
                    1000          | 2 | 2 | 1.000,00
                    100           | 0 | 6 | 100
                    1E+6          | 0 | 6 | 1.000.000
                    -999          | 0 | 6 | -999
                    -1000         | 0 | 6 | -1.000
                    1234.5        | 0 | 6 | 1.234,5
                    0.0000005     | 0 | 6 | 0,000001
                    0.0000004     | 0 | 6 | 0
                    -0.0000004    | 0 | 6 | 0
                    999.9999999   | 0 | 6 | 1.000
                    1.005         | 2 | 2 | 1,01
                    -1.005        | 2 | 2 | -1,01
                    9223372036854775807 | 0 | 6 | 9.223.372.036.854.775.807
                    """)
    void decimalsAreRoundedHalfUpAndZerosAtTheEndLeftOut(BigDecimal number, int fewest, int most, String text) {
        assertThat(Forms.of("it").number(number, fewest, most)).isEqualTo(text);
    }

    @Test
    void italianAndEnglishNameTheMonths() {
        var months = LocalDate.of(2026, 1, 31)
                .datesUntil(LocalDate.of(2027, 1, 1))
                .filter(day -> day.getDayOfMonth() == 28)
                .toList();

        assertThat(months.stream().map(Forms.of("it")::day))
                .startsWith("28 feb 2026", "28 mar 2026", "28 apr 2026", "28 mag 2026", "28 giu 2026", "28 lug 2026")
                .endsWith("28 ago 2026", "28 set 2026", "28 ott 2026", "28 nov 2026", "28 dic 2026")
                .hasSize(11);
        assertThat(months.stream().map(Forms.of("en")::day))
                .startsWith("Feb 28, 2026", "Mar 28, 2026", "Apr 28, 2026", "May 28, 2026", "Jun 28, 2026")
                .endsWith(
                        "Jul 28, 2026", "Aug 28, 2026", "Sep 28, 2026", "Oct 28, 2026", "Nov 28, 2026", "Dec 28, 2026")
                .hasSize(11);
    }

    @Test
    void yearsFarAwayAreWrittenOut() {
        assertThat(Forms.of("de").day(LocalDate.of(12026, 12, 31))).isEqualTo("31.12.12026");
        assertThat(Forms.of("it").day(LocalDate.of(12026, 12, 31))).isEqualTo("31 dic 12026");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"it", "en", "de", "fr", "es"})
    void theSeparatorsOfGreatLanguagesAreThoseOfJava(String language) {
        var java = DecimalFormatSymbols.getInstance(Locale.forLanguageTag(language));

        var ours = Forms.of(language).number(new BigDecimal("1234.5"), 0, 6);

        assertThat(ours.substring(5, 6)).isEqualTo(String.valueOf(java.getDecimalSeparator()));
        assertThat(plainSpace(ours.charAt(1))).isEqualTo(plainSpace(java.getGroupingSeparator()));
    }

    private static char plainSpace(char separator) {
        return List.of('\u00a0', '\u202f').contains(separator) ? ' ' : separator;
    }
}
