package io.tappa.api.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.store.Home;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VisitorViewTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final PackSnapshot PACK = Objects.requireNonNull(PackReader.read(new PackFiles(
                    new TreeMap<>(Map.of("pack.yaml", """
            pack: lab
            zone: Europe/Rome
            currency: EUR
            consent: { personalization_storage: granted }
            journey: shop
            precedence: [crm]
            """, "journeys/shop.yaml", """
            journey: shop
            start: awareness
            stages: { awareness: {} }
            """, "facts.yaml", """
            facts:
              country:  { type: word, trait: country }
              income:   { type: money, trait: income }
              card:     { type: yesno, trait: card }
              sessions: { type: whole, count: Identified }
            """))))
            .snapshot());

    private static VisitorEvent identified(String id, Instant time, Map<String, String> values) {
        return new VisitorEvent(id, Identities.of(null, "u-1"), "Identified", time, new TreeMap<>(values));
    }

    @Test
    void anAttributeSaysWhoToldItAndWhen() {
        var events = List.of(
                identified("m1", NOW, Map.of("traits.country", "DE", "context.source", "crm", "traits.card", "maybe")),
                identified("m2", NOW.plusSeconds(60), Map.of("traits.country", "IT", "traits.income", "20000")));
        var state = Transitions.apply(PACK, VisitorState.UNSEEN, events, NOW.toEpochMilli(), Set.of())
                .state();
        var home = new Home(VisitorKey.of(new Identity(IdKind.USER, "u-1")), state);

        var attributes =
                VisitorView.of(PACK, home, NOW.toEpochMilli(), ProductNews.NONE).get("attributes");

        assertThat(attributes.toString())
                .isEqualTo("{\"country\":{\"value\":\"DE\",\"source\":\"crm\",\"at\":\"2026-03-02T10:00:00Z\"},"
                        + "\"income\":{\"value\":20000,\"source\":\"site\",\"at\":\"2026-03-02T10:01:00Z\"}}");
    }
}
