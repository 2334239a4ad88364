package io.tappa.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short numbers are read without {@link BigDecimal}; they must come out as if they were not. */
class PlainNumbersTest {
    @ParameterizedTest(name = "{0} units")
    @ValueSource(longs = {1, 100, 1_000, 1_000_000, 3_600_000, 86_400_000, 1_000_000_000})
    void shortNumbersAreRoundedLikeLongOnes(long unitsPerOne) {
        var random = new Random(unitsPerOne);
        for (int i = 0; i < 5_000; i++) {
            var digits = String.valueOf(random.nextInt(100_000_000));
            int point = random.nextInt(digits.length() + 1);
            var text = random.nextBoolean() ? digits : digits.substring(0, point) + "." + digits.substring(point);

            long expected = new BigDecimal(text)
                    .multiply(BigDecimal.valueOf(unitsPerOne))
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();

            assertThat(Fact.units(text, unitsPerOne)).as(text).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", ".", "1.2.3", "1 2", "٣", "1,5", "abc"})
    void whatIsNoNumberStaysUnknown(String text) {
        for (long unitsPerOne : List.of(1L, 100L)) {
            assertThat(Fact.units(text, unitsPerOne)).isEqualTo(FactValues.UNKNOWN);
        }
    }
}
