package io.tappa.api.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.AttributeCell;
import io.tappa.engine.fact.OrderCell;
import io.tappa.engine.fact.PatternCell;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CellCodecTest {
    private static final long NOW = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
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
            stages: { awareness: {} }
            """, "facts.yaml", """
            facts:
              country: { type: word, trait: country }
              value:   { type: money, from: cart.value }
              orders:  { type: whole, from: orders.count }
              ropo:    { type: yesno, from: ropo }
              tries:   { type: yesno, from: try and buy }
            """))))
            .snapshot());

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    private static List<VisitorEvent> events(Random random) {
        var events = new ArrayList<VisitorEvent>();
        for (int i = 0; i < 150; i++) {
            var values = new TreeMap<String, String>();
            values.put("order_id", "o" + random.nextInt(120));
            values.put("total", one(random, "10", "-3", "99999999999999999", "free"));
            values.put("products.0.product_id", one(random, "p1", "p2", "\t\n", ""));
            values.put("products.0.price", one(random, "5", "free"));
            values.put("product_id", one(random, "p1", "p2"));
            values.put("experiment_id", "x" + random.nextInt(30));
            values.put("variation_name", one(random, "A", "B", ""));
            values.put("channel", one(random, "offline", "site"));
            values.put("shop", one(random, "Milano", "", "@"));
            values.put("traits.country", one(random, "IT", "DE", ""));
            values.put("context.source", "s" + random.nextInt(12));
            var name = one(
                    random,
                    "Product Viewed",
                    "Experiment Viewed",
                    "Product Tried",
                    "Cart Viewed",
                    "Product Added",
                    "Order Completed",
                    "Order Completed",
                    "Order Updated",
                    "Order Cancelled",
                    "Order Refunded");
            long at = NOW + random.nextInt(10) * 600_000L * i;
            events.add(
                    new VisitorEvent("m" + i, Identities.of("browser", null), name, Instant.ofEpochMilli(at), values));
        }
        return events;
    }

    private static String one(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void readsWhatItWrote(int seed) {
        var state = Transitions.apply(PACK, VisitorState.UNSEEN, events(new Random(seed)), NOW, Set.of())
                .state();

        assertThat(StateCodec.decode(StateCodec.encode(state))).isEqualTo(state);
        assertThat(state.lanes().values())
                .anySatisfy(cells -> assertThat(cells.cells().values())
                        .hasAtLeastOneElementOfType(AttributeCell.class)
                        .hasAtLeastOneElementOfType(OrderCell.class)
                        .hasAtLeastOneElementOfType(PatternCell.class));
    }

    @Test
    void saysThatItDoesNotKnowALaterKind() {
        assertThatThrownBy(() -> LargerCellCodec.read(new BlobReader(new byte[0]), 99))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Maybe a newer version of Tappa wrote it.");
    }
}
