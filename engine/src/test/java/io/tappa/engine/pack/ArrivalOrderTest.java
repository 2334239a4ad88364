package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the order of arrival, hours late or not, and under whichever id: the facts come out the same. */
class ArrivalOrderTest {
    private static final long START = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
    private static final PackSnapshot PACK =
            Shopper.in(Map.of("facts.yaml", """
            facts:
              value:    { from: cart.value }
              items:    { from: cart.items }
              orders:   { from: orders.count }
              worth:    { from: orders.value }
              last:     { type: date, from: orders.last }
              first:    { from: first touch }
              touch:    { from: last touch }
              nps:      { from: last nps }
              sad:      { from: detractor }
              country:  { type: word, trait: country }
              ropo:     { type: word, from: ropo, within: 2 hours }
              collects: { type: yesno, from: click and collect }
              tries:    { type: word, from: try and buy }
              group:    { from: segment }
            """, "segments.yaml", """
            segments:
              buyers:   { if: { orders: at least 2 } }
              italians: { if: { country: IT } }
              others:   { if: { segment: not italians } }
            """)).pack();

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    private static List<VisitorEvent> events(Random random) {
        var events = new ArrayList<VisitorEvent>();
        long at = START;
        int count = 1 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            at += 1_200_000L * random.nextInt(3) * random.nextInt(3);
            var name = one(
                    random,
                    "Product Viewed",
                    "Product Tried",
                    "Product Added",
                    "Product Removed",
                    "Cart Viewed",
                    "Checkout Started",
                    "Order Completed",
                    "Order Updated",
                    "Order Cancelled",
                    "Order Refunded",
                    "Order Collected",
                    "Survey Answered",
                    "Identified");
            events.add(new VisitorEvent("m" + i, ids(random), name, Instant.ofEpochMilli(at), values(random)));
        }
        return events;
    }

    private static Identities ids(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Identities.of("browser", null);
            case 1 -> Identities.of(null, "person");
            default -> Identities.of("browser", "person");
        };
    }

    private static SortedMap<String, String> values(Random random) {
        var values = new TreeMap<String, String>();
        values.put("product_id", one(random, "p1", "p2", "p3"));
        values.put("quantity", one(random, "1", "2"));
        values.put("price", one(random, "10", "20.50"));
        values.put("products.0.product_id", one(random, "p1", "p2"));
        values.put("products.0.price", one(random, "10", "30"));
        values.put("order_id", one(random, "o1", "o2", "o3", "o4"));
        values.put(one(random, "total", "amount", "none"), one(random, "10", "25.90"));
        values.put(one(random, "touchpoint", "none"), one(random, "home", "till"));
        values.put(one(random, "code", "none"), "paper10");
        values.put("shop", one(random, "Milano", "Roma", ""));
        values.put("delivery", one(random, "pickup", "courier"));
        values.put("kind", "nps");
        values.put("score", one(random, "3", "9", "11"));
        values.put(one(random, "traits.country", "none"), one(random, "IT", "DE", ""));
        values.put("context.source", one(random, "crm", "site"));
        return values;
    }

    private static String one(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static VisitorState after(List<VisitorEvent> arriving) {
        var state = VisitorState.UNSEEN;
        for (var event : arriving) {
            state = Transitions.apply(PACK, state, List.of(event), event.atMillis(), Set.of())
                    .state();
        }
        return state;
    }

    /** All facts but those of journeys, which late events do not move. */
    private static Map<String, String> facts(VisitorState state, long now) {
        var values = PACK.factsFor(state, now, null, PackSnapshot.noContext());
        var facts = new TreeMap<String, String>();
        for (var fact : PACK.facts().facts()) {
            boolean isOfJourney = fact.source().namesOf().equals("stage");
            if (values.knows(fact) && !isOfJourney) {
                facts.put(
                        fact.id(),
                        fact.type() == FactType.WORDS
                                ? "" + values.words(fact.index())
                                : values.word(fact.index()) + values.number(fact.index()));
            }
        }
        return facts;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theFactsComeOutTheSame(int seed) {
        var random = new Random(seed);
        var events = events(random);
        long now = events.get(events.size() - 1).atMillis() + 1;
        var inOrder = facts(after(events), now);

        Collections.shuffle(events, random);

        assertThat(facts(after(events), now)).isEqualTo(inOrder);
    }
}
