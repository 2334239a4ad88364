package io.tappa.engine.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.AssignmentAccumulator;
import io.tappa.engine.fact.AssignmentCell;
import io.tappa.engine.fact.Cell.Moment;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.Merging;
import io.tappa.engine.transition.Transitions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who turns out to be one person keeps the variations of the profile that was known first. */
class AssignmentsTest {
    private static final long DAY = 86_400_000;
    private static final long DAY_1 = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
    private static final PackSnapshot PACK = Objects.requireNonNull(PackReader.read(new PackFiles(
                    new TreeMap<>(Map.of("pack.yaml", """
            pack: lab
            zone: Europe/Rome
            currency: EUR
            consent: { personalization_storage: granted }
            journey: shop
            """, "journeys/shop.yaml", """
            journey: shop
            start: awareness
            stages: { awareness: {}, tested: {} }
            moves:
              - { id: sees-b, on: Page Viewed, if: { hero: B }, to: tested }
            """, "facts.yaml", """
            facts:
              hero: { type: word, from: experiment.hero }
            """))))
            .snapshot());

    @Test
    void theFirstVariationStaysWhateverIsSeenLater() {
        var visitor = seen(seen("phone", 2, "hero", "B"), "phone", 3, "hero", "A");

        assertThat(assigned(visitor)).containsExactly(Map.entry("hero", at(2, "B")));
        assertThat(assigned(seen(visitor, "phone", 1, "hero", "C"))).containsExactly(Map.entry("hero", at(1, "C")));
    }

    @Test
    void theProfileKnownFirstKeepsItsVariationsThoughTheOtherGotItsEarlier() {
        var phone = seen(arrived("phone", 1), "phone", 9, "hero", "A");
        var laptop = seen(seen("laptop", 5, "hero", "B"), "laptop", 6, "other", "C");
        var expected = new TreeMap<>(Map.of("hero", at(9, "A"), "other", at(6, "C")));

        assertThat(assigned(joined(phone, laptop, 10))).isEqualTo(expected);
        assertThat(assigned(joined(laptop, phone, 10))).isEqualTo(expected);
    }

    @Test
    void ofThreeProfilesTheOldestDecides() {
        var oldest = seen(arrived("card", 1), "card", 8, "hero", "C");
        var phone = seen("phone", 3, "hero", "A");
        var laptop = seen("laptop", 2, "hero", "B");

        assertThat(assigned(joined(phone, joined(laptop, oldest, 9), 10)).get("hero"))
                .isEqualTo(at(8, "C"));
        assertThat(assigned(joined(joined(phone, laptop, 9), oldest, 10)).get("hero"))
                .isEqualTo(at(8, "C"));
        assertThat(assigned(joined(phone, laptop, 9)).get("hero")).isEqualTo(at(2, "B"));
    }

    @Test
    void eachTakesItsOwnVariationAlongWhenTheyPartAgain() {
        var phone = seen(arrived("phone", 1), "phone", 9, "hero", "A");
        var laptop = seen("laptop", 5, "hero", "B");
        var person = joined(phone, laptop, 10);

        var parted = Merging.part(PACK, person, person.merges().get(0), DAY_1 + 11 * DAY);

        assertThat(assigned(parted.stays()).get("hero")).isEqualTo(at(9, "A"));
        assertThat(assigned(parted.leaves()).get("hero")).isEqualTo(at(5, "B"));
    }

    @Test
    void movesAskTheSettledVariation() {
        var phone = seen(arrived("phone", 1), "phone", 9, "hero", "A");
        var laptop = seen("laptop", 5, "hero", "B");

        var person = apply(joined(phone, laptop, 10), "phone", 12, "Page Viewed", new TreeMap<>());
        var laptopAlone = apply(laptop, "laptop", 12, "Page Viewed", new TreeMap<>());

        assertThat(person.now().stage("shop")).isEqualTo("awareness");
        assertThat(laptopAlone.now().stage("shop")).isEqualTo("tested");
    }

    @Test
    void theOldestTwentyAreRemembered() {
        var visitor = arrived("phone", 1);
        for (int experiment : IntStream.range(2, 30).toArray()) {
            visitor = seen(visitor, "phone", experiment, "x" + experiment, "A");
        }

        assertThat(assigned(visitor)).hasSize(AssignmentCell.MOST_EXPERIMENTS).containsKey("x2");
        assertThat(PACK.facts()
                        .isSaturated(
                                visitor.gathered(PACK.facts()),
                                Objects.requireNonNull(PACK.facts().find("hero"))))
                .isTrue();
    }

    private static Moment at(int day, String variation) {
        return new Moment(millis(day), variation);
    }

    private static long millis(int day) {
        return DAY_1 + (day - 1) * DAY;
    }

    private static SortedMap<String, Moment> assigned(VisitorState visitor) {
        var cell = visitor.gathered(PACK.facts()).get(AssignmentAccumulator.SLOT);
        return ((AssignmentCell) Objects.requireNonNull(cell)).byExperiment();
    }

    private static VisitorState arrived(String browser, int day) {
        return apply(VisitorState.UNSEEN, browser, day, "Page Viewed", new TreeMap<>());
    }

    private static VisitorState seen(String browser, int day, String experiment, String variation) {
        return seen(VisitorState.UNSEEN, browser, day, experiment, variation);
    }

    private static VisitorState seen(
            VisitorState visitor, String browser, int day, String experiment, String variation) {
        var values = new TreeMap<>(Map.of("experiment_id", experiment, "variation_name", variation));
        return apply(visitor, browser, day, "Experiment Viewed", values);
    }

    /** An event that arrives at once. */
    private static VisitorState apply(
            VisitorState visitor, String browser, int day, String event, SortedMap<String, String> values) {
        var happened = new VisitorEvent(
                "%s %d %s".formatted(browser, day, event),
                Identities.of(browser, null),
                event,
                Instant.ofEpochMilli(millis(day)),
                values);
        return Transitions.apply(PACK, visitor, List.of(happened), millis(day), Set.of())
                .state();
    }

    private static VisitorState joined(VisitorState into, VisitorState other, int day) {
        var merge = new Merge(
                "merge " + day,
                VisitorKey.of(other.ownId()),
                List.copyOf(other.lanes().keySet()),
                millis(day),
                "a test",
                null);
        return Merging.join(PACK, into, other, merge).state();
    }
}
