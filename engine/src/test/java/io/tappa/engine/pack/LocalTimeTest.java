package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What time it is where the visitor is. */
class LocalTimeTest {
    private static final String FACTS = """
            hour: { type: whole, from: local hour }
            day:  { type: word, from: weekday }
            """;
    private static final String ZONE = "context.timezone=";

    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2026-03-01T03:30, 22, saturday",
        "Asia/Tokyo, 2026-03-01T16:30, 1, monday",
        "Europe/London, 2026-03-29T00:59, 0, sunday",
        "Europe/London, 2026-03-29T01:00, 2, sunday",
        "Europe/London, 2026-10-25T00:30, 1, sunday",
        "Europe/London, 2026-10-25T01:30, 1, sunday"
    })
    void isThatOfTheZoneTheNewestEventNames(String zone, String time, String hour, String day) {
        var shopper = Shopper.knownBy(FACTS).does("Page Viewed", time, ZONE + zone);

        assertThat(shopper.tells("hour")).isEqualTo(hour);
        assertThat(shopper.tells("day")).isEqualTo(day);
    }

    @ParameterizedTest
    @CsvSource({"Nowhere/Land", "+05:00", "''", "europe/london", "GMT+5"})
    void isThePacksWhereNoZoneIsKnown(String zone) {
        var shopper = Shopper.knownBy(FACTS).does("Page Viewed", "2026-03-01T10:00", ZONE + zone);

        assertThat(shopper.tells("hour")).isEqualTo("11");
        assertThat(shopper.state().window().recent().get(0).values()).isEmpty();
    }

    @Test
    void followsTheTravellerByTheTimeOfTheEventsNotByTheirArrival() {
        var shopper = Shopper.knownBy(FACTS)
                .does("Page Viewed", "2026-03-01T10:00", ZONE + "Asia/Tokyo")
                .does("Page Viewed", "2026-03-01T09:00", ZONE + "America/New_York")
                .does("Page Viewed", "2026-03-01T12:30");

        assertThat(shopper.tells("hour")).isEqualTo("21");
        assertThat(shopper.tellsAt("2026-06-01T12:30", "hour")).isEqualTo("21");
    }

    @Test
    void isThatOfTheContextOfADecisionIfItNamesAZone() {
        var shopper = Shopper.knownBy(FACTS).does("Page Viewed", "2026-03-01T10:00", ZONE + "Asia/Tokyo");
        var pack = shopper.pack();
        long now = shopper.state().window().recent().get(0).atMillis();
        int hour = Objects.requireNonNull(pack.facts().find("hour")).index();

        assertThat(pack.factsFor(shopper.state(), now, null, new TreeMap<>(Map.of("timezone", "America/New_York")))
                        .number(hour))
                .isEqualTo(5);
        assertThat(pack.factsFor(shopper.state(), now, null, new TreeMap<>(Map.of("timezone", "Nowhere")))
                        .number(hour))
                .isEqualTo(19);
    }

    @Test
    void takesNoRoomWhereNoFactAsksForIt() {
        var shopper = Shopper.knownBy("views: { type: whole, count: Page Viewed }")
                .does("Page Viewed", "2026-03-01T10:00", ZONE + "Asia/Tokyo");

        assertThat(shopper.state().window().recent().get(0).values()).isEmpty();
    }
}
