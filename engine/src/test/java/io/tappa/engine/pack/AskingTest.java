package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.rule.PlainRuleSet;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A pack that tells only what is asked tells the same of it. */
class AskingTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    private static VisitorEvent event(String name, int minutesAgo, Map<String, String> values) {
        return new VisitorEvent(
                name + minutesAgo,
                Identities.of("a", "u"),
                name,
                NOW.minusSeconds(60L * minutesAgo),
                new TreeMap<>(values));
    }

    @Test
    void everyFactIsTheSameWhetherOrNotTheOthersAreTold() throws IOException {
        var shop = PackFiles.inFolder(Path.of("..", "rules", "shop"));
        var pack =
                Objects.requireNonNull(PackReader.read(shop, PlainRuleSet::new).snapshot());
        var events = List.of(
                event("Product Viewed", 3_000, Map.of("category", "shoes", "product_id", "p")),
                event("Order Completed", 300, Map.of("order_id", "o", "total", "62.00")),
                event("Product Added", 20, Map.of("product_id", "p", "price", "12.00")),
                event("Survey Answered", 10, Map.of("kind", "nps", "score", "9")),
                event("Identified", 5, Map.of("traits.address.country", "IT", "traits.loyaltyCard", "yes")));
        var state = Transitions.apply(pack, VisitorState.UNSEEN, events, NOW.toEpochMilli(), Set.of())
                .state();
        var context = new TreeMap<>(Map.of("language", "it"));
        var all = pack.factsFor(state, NOW.toEpochMilli(), "home", context);

        for (var fact : pack.facts().facts()) {
            var asked = pack.asking(List.of(new Box(List.of(new Condition(fact, new ValueSet.Known(true))))));
            var told = asked.factsFor(state, NOW.toEpochMilli(), "home", context);

            assertThat(told.number(fact.index())).as(fact.id()).isEqualTo(all.number(fact.index()));
            assertThat(told.word(fact.index())).as(fact.id()).isEqualTo(all.word(fact.index()));
            assertThat(told.words(fact.index())).as(fact.id()).isEqualTo(all.words(fact.index()));
        }
        assertThat(all.number(
                        Objects.requireNonNull(pack.facts().find("basket gap")).index()))
                .isEqualTo(6_800);
    }
}
