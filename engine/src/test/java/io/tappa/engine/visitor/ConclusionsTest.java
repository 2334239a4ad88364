package io.tappa.engine.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.fact.ConsentCell;
import io.tappa.engine.fact.Gathering;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.Transitions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What follows from a visitor's events is worked out once, and anew as soon as anything it follows from is another. */
class ConclusionsTest {
    private static final long NOW = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
    private static final PackSnapshot PACK = Objects.requireNonNull(PackReader.read(new PackFiles(
                    new TreeMap<>(Map.of("pack.yaml", """
            { pack: lab, zone: Europe/Rome, currency: EUR, journey: shop, consent: { personalization_storage: granted } }
            """, "journeys/shop.yaml", """
            journey: shop
            start: awareness
            stages: { awareness: {}, tested: {} }
            moves:
              - { id: looks, on: Page Viewed, to: tested }
            """, "facts.yaml", """
            facts:
              hero:  { type: word, from: experiment.hero }
              views: { type: whole, count: Page Viewed, within: 30 days }
            """))))
            .snapshot());

    private final VisitorState visitor = viewed(VisitorState.UNSEEN, "m-1");

    @Test
    void whoeverDiffersInMemoryOnlySharesAll() {
        var cells = visitor.gathered(PACK.facts());
        var now = visitor.now();

        var remembered = visitor.with(Memory.NONE).hearing(Memory.NONE).born(7);

        assertThat(remembered.gathered(PACK.facts())).isSameAs(cells);
        assertThat(remembered.now()).isSameAs(now);
        assertThat(now.stage("shop")).isEqualTo("tested");
    }

    @Test
    void whatWasDrawnIsSeenAtOnce() {
        assertThat(told(visitor, "hero")).isEqualTo("unknown");

        var drawn = visitor.assigned(new TreeMap<>(Map.of("hero", "B")), NOW);

        assertThat(told(drawn, "hero")).isEqualTo("B");
        assertThat(told(visitor, "hero")).isEqualTo("unknown");
    }

    @Test
    void whatIsDeniedUnderAnotherIdIsSeenAtOnce() {
        assertThat(visitor.consents()).isNull();
        var denied = ConsentCell.said(status(Consent.Status.DENIED), NOW);

        var remembering = visitor.remembering(new Identity(IdKind.ANONYMOUS, "other"), denied, 0);

        assertThat(Objects.requireNonNull(remembering.consents()).latest()).containsKey(Consent.REMEMBER);
        assertThat(visitor.consents()).isNull();
    }

    @Test
    void anotherEventIsCounted() {
        assertThat(told(visitor, "views")).isEqualTo("1");
        assertThat(told(viewed(visitor, "m-2"), "views")).isEqualTo("2");
        assertThat(told(visitor, "views")).isEqualTo("1");
    }

    @Test
    void anotherPackGathersForItself() {
        var other = PACK.gathered(new Gathering(new TreeMap<>()));
        var cells = visitor.gathered(PACK.facts());

        assertThat(visitor.gathered(other.facts())).isNotSameAs(cells).isEqualTo(cells);
    }

    private static SortedMap<String, Consent.Status> status(Consent.Status said) {
        return new TreeMap<>(Map.of(Consent.REMEMBER, said));
    }

    private static String told(VisitorState visitor, String fact) {
        var values = PACK.factsFor(visitor, NOW, "home", new TreeMap<>());
        var asked = Objects.requireNonNull(PACK.facts().find(fact));
        if (!values.knows(asked)) {
            return "unknown";
        }
        return asked.type().isNumeric()
                ? Long.toString(values.number(asked.index()))
                : Objects.requireNonNull(values.word(asked.index()));
    }

    private static VisitorState viewed(VisitorState before, String messageId) {
        var event = new VisitorEvent(
                messageId, Identities.of("phone", null), "Page Viewed", Instant.ofEpochMilli(NOW), new TreeMap<>());
        return Transitions.apply(PACK, before, List.of(event), NOW, Set.of()).state();
    }
}
