package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.fact.Attribute;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private static final String PACK = """
            pack: lab
            zone: Europe/Rome
            currency: EUR
            consent: { personalization_storage: granted }
            journey: shop
            precedence: [CRM, the till]
            """;
    private static final String FACTS = "facts:\n  country: { type: word, trait: country }\n";

    private static Shopper shopper() {
        return Shopper.in(Map.of("pack.yaml", PACK, "facts.yaml", FACTS));
    }

    private static @Nullable Attribute attribute(Shopper shopper) {
        var facts = shopper.pack().facts();
        return facts.attribute(shopper.state().gathered(facts), Objects.requireNonNull(facts.find("country")));
    }

    @Test
    void theNewestWinsWhereNoSourceIsPreferred() {
        var shopper = Shopper.knownBy("country: { type: word, trait: country }")
                .does("Identified", "2026-03-02T10:00", "traits.country=FR", "context.source=The till")
                .does("Identified", "2026-03-01T10:00", "traits.country=DE", "context.source=crm");

        assertThat(shopper.tells("country")).isEqualTo("FR");
        assertThat(shopper.does("Identified", "2026-03-03T10:00", "traits.country=")
                        .tells("country"))
                .isEqualTo("unknown");
    }

    @Test
    void aPreferredSourceIsBelievedThoughOthersAreNewer() {
        var shopper = shopper()
                .does("Identified", "2026-03-01T10:00", "traits.country=DE", "context.source=Crm")
                .does("Identified", "2026-03-02T10:00", "traits.country=FR", "context.source=The till")
                .does("Identified", "2026-03-03T10:00", "traits.country=IT");

        assertThat(attribute(shopper))
                .isEqualTo(new Attribute(
                        "DE", "crm", Instant.parse("2026-03-01T10:00:00Z").toEpochMilli()));
        shopper.does("Identified", "2026-03-04T10:00", "traits.country=", "context.source=crm");
        assertThat(shopper.tells("country")).isEqualTo("FR");
    }

    @Test
    void sourcesThatAreNotListedComeLastTheNewestFirst() {
        var shopper = shopper()
                .does("Identified", "2026-03-02T10:00", "traits.country=FR", "context.source=panel")
                .does("Identified", "2026-03-01T10:00", "traits.country=IT");

        assertThat(shopper.tells("country")).isEqualTo("FR");
        assertThat(Objects.requireNonNull(attribute(shopper)).source()).isEqualTo("panel");
    }

    @Test
    void anEventWithoutASourceComesFromTheSite() {
        var shopper = shopper().does("Page Viewed", "2026-03-01T10:00", "traits.country=IT");

        assertThat(Objects.requireNonNull(attribute(shopper)).source()).isEqualTo("site");
    }

    @Test
    void manySourcesShareOneNameButNeverThePreferred() {
        var shopper = shopper();
        for (int i = 0; i < 12; i++) {
            var time = "2026-03-01T10:%02d".formatted(i);
            shopper.does("Identified", time, "traits.country=C" + i, "context.source=a%02d".formatted(i));
        }

        shopper.does("Identified", "2026-02-01T10:00", "traits.country=IT", "context.source=The till");

        assertThat(shopper.tells("country")).isEqualTo("IT");
        shopper.does("Identified", "2026-03-02T10:00", "traits.country=", "context.source=The till");
        assertThat(Objects.requireNonNull(attribute(shopper)).source()).isEqualTo("other");
        assertThat(shopper.tells("country")).isEqualTo("C11");
    }

    @Test
    void nobodySaidAnything() {
        assertThat(attribute(shopper())).isNull();
        assertThat(shopper().tells("country")).isEqualTo("unknown");
    }
}
