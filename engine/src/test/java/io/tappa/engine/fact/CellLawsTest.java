package io.tappa.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.touchpoint.Sign;
import io.tappa.engine.touchpoint.Touchpoint;
import io.tappa.engine.touchpoint.Touchpoints;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the order in which events are folded, and however they are split into lanes: the cells are the same. */
class CellLawsTest {
    private static final long START = 1_775_000_000_000L;
    private static final int MOST_EVENTS = 40;
    private static final Touchpoints TOUCHPOINTS = new Touchpoints(List.of(
            new Touchpoint("home", "site", 1, false, new TreeMap<>(), List.of(), List.of()),
            new Touchpoint("till", "pos", 1, true, new TreeMap<>(), List.of(), List.of()),
            new Touchpoint(
                    "zine", "print", 1, true, new TreeMap<>(), List.of(new Sign(Sign.Kind.CODE, "x1")), List.of())));
    private static final FactCatalog FACTS = catalog();

    private record Happened(String event, long at, SortedMap<String, String> kept) {}

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    private static FactCatalog catalog() {
        var accumulators = new ArrayList<Accumulator>();
        accumulators.add(new BasketAccumulator(BasketAccumulator.Reading.VALUE, 100));
        accumulators.add(new OrderAccumulator(OrderAccumulator.Reading.VALUE, 100));
        accumulators.add(new TraitAccumulator("traits.country", List.of("crm", "till")));
        accumulators.add(new TraitAccumulator("traits.card", List.of()));
        accumulators.add(new TouchAccumulator(TOUCHPOINTS, true));
        accumulators.add(new TouchAccumulator(TOUCHPOINTS, false));
        accumulators.add(new NewsAccumulator(ProductNews.Kind.PRICE_DROP, Duration.ofDays(7)));
        accumulators.add(ViewedAccumulator.ONLY);
        for (var survey : AnswerAccumulator.Survey.values()) {
            accumulators.add(AnswerAccumulator.of(survey, AnswerAccumulator.Reading.SCORE, new TreeMap<>()));
        }
        for (var pattern : ChannelPattern.values()) {
            accumulators.add(new PatternAccumulator(pattern, Duration.ofMinutes(5), null, TOUCHPOINTS));
            accumulators.add(new PatternAccumulator(pattern, Duration.ofDays(1), "milano", TOUCHPOINTS));
        }
        var facts = new ArrayList<Fact>();
        for (var accumulator : accumulators) {
            var name = "fact" + facts.size();
            facts.add(Fact.of(facts.size(), name, name, FactType.WORD, 1, new Source.Gathered(accumulator)));
        }
        return new FactCatalog(facts, ZoneOffset.UTC);
    }

    /** Ties in time are common, and so are values nobody can read. */
    private static List<Happened> events(Random random) {
        var events = new ArrayList<Happened>();
        long at = START;
        int count = 1 + random.nextInt(MOST_EVENTS);
        for (int i = 0; i < count; i++) {
            at += one(random, 0L, 0L, 1L, 60_000L, 400_000L);
            var event = one(
                    random,
                    "Product Added",
                    "Product Removed",
                    "Product Viewed",
                    "Experiment Viewed",
                    "Product Tried",
                    "Cart Viewed",
                    "Checkout Started",
                    "Cart Emptied",
                    "Order Completed",
                    "Order Completed",
                    "Order Updated",
                    "Order Cancelled",
                    "Order Refunded",
                    "Order Collected",
                    "Survey Answered",
                    "Identified");
            events.add(new Happened(event, at, FACTS.kept(event, values(random))));
        }
        return events;
    }

    private static SortedMap<String, String> values(Random random) {
        var values = new TreeMap<String, String>();
        put(random, values, "product_id", "p1", "p2", "p3", null);
        put(random, values, "category", "shoes", "hats", null);
        put(random, values, "quantity", "1", "2", "many", null);
        put(random, values, "experiment_id", "hero", "x" + random.nextInt(40), null);
        put(random, values, "experiment_name", "hero", null);
        put(random, values, "variation_name", "A", "B", "", null);
        put(random, values, "variation_id", "17", null);
        put(random, values, "price", "10", "20.005", "free", null);
        for (int product = 0; product < random.nextInt(4); product++) {
            put(random, values, "products." + product + ".product_id", "p1", "p2", "p3");
            put(random, values, "products." + product + ".quantity", "1", "2", null);
            put(random, values, "products." + product + ".price", "10", "20", null);
            put(random, values, "products." + product + ".category", "shoes", "hats", null);
        }
        put(random, values, "order_id", "o1", "o2", "o3", "o4", null);
        put(random, values, "total", "50", "60.10", "-5", "free", null);
        put(random, values, "amount", "5", null);
        put(random, values, "channel", "pos", "site", null);
        put(random, values, "touchpoint", "home", "till", "moon", null, null);
        put(random, values, "code", "x1", null, null);
        put(random, values, "shop", "milano", "roma", null);
        put(random, values, "delivery", "pickup", "courier", null);
        put(random, values, "kind", "nps", "csat", "ces", null);
        put(random, values, "score", "0", "5", "9", "10", "11", "4.5", "good", null);
        put(random, values, "traits.country", "IT", "DE", "", null);
        put(random, values, "traits.card", "yes", "no", null);
        put(random, values, "context.source", "crm", "till", "s" + random.nextInt(12), "other", null);
        return values;
    }

    private static void put(Random random, SortedMap<String, String> values, String key, @Nullable String... choices) {
        var choice = choices[random.nextInt(choices.length)];
        if (choice != null) {
            values.put(key, choice);
        }
    }

    @SafeVarargs
    private static <T> T one(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static Map<Integer, Cell> folded(List<Happened> events) {
        var cells = new HashMap<Integer, Cell>();
        events.forEach(event -> FACTS.fold(cells, event.event(), event.at(), event.kept()));
        return cells;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neitherOrderNorLanesMatter(int seed) {
        var random = new Random(seed);
        var events = events(random);
        var inOrder = folded(events);

        var shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        var lanes = new ArrayList<List<Happened>>(List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        shuffled.forEach(event -> lanes.get(random.nextInt(lanes.size())).add(event));
        var joined = new HashMap<Integer, Cell>();
        lanes.forEach(lane -> FACTS.join(joined, folded(lane)));

        assertThat(folded(shuffled)).isEqualTo(inOrder);
        assertThat(joined).isEqualTo(inOrder);
    }

    /** More than are remembered, many of them again and again, in few milliseconds. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theNewestOfManyProductsDependOnNoOrder(int seed) {
        var random = new Random(seed);
        var views = new ArrayList<Happened>();
        for (int i = 0; i < 6 * ViewedAccumulator.MOST_PRODUCTS; i++) {
            var product = "p" + random.nextInt(2 * ViewedAccumulator.MOST_PRODUCTS);
            views.add(new Happened(
                    "Product Viewed", START + random.nextInt(60), new TreeMap<>(Map.of("product_id", product))));
        }
        var inOrder = folded(views);
        var naive = naive(views);

        Collections.shuffle(views, random);
        var joined = folded(views.subList(0, views.size() / 3));
        FACTS.join(joined, folded(views.subList(views.size() / 3, views.size())));

        assertThat(folded(views)).isEqualTo(inOrder);
        assertThat(joined).isEqualTo(inOrder);
        assertThat(OwnProducts.viewed(joined, Long.MAX_VALUE)).isEqualTo(naive);
    }

    private static List<String> naive(List<Happened> views) {
        var newest = new TreeMap<String, Long>();
        views.forEach(view -> newest.merge(view.kept().getOrDefault("product_id", ""), view.at(), Math::max));
        return newest.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .limit(ViewedAccumulator.MOST_PRODUCTS)
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theTotalOfManyOrdersDependsOnNoOrder(int seed) {
        var random = new Random(seed);
        var orders = new ArrayList<Happened>();
        int count = 3 * OrderCell.MOST_ORDERS;
        for (int i = 0; i < count; i++) {
            var values = new TreeMap<>(Map.of("order_id", "o" + i, "total", "10.50"));
            orders.add(new Happened("Order Completed", START + random.nextInt(100), values));
        }
        var inOrder = folded(orders);

        Collections.shuffle(orders, random);
        var joined = folded(orders.subList(0, count / 3));
        FACTS.join(joined, folded(orders.subList(count / 3, count)));

        assertThat(folded(orders)).isEqualTo(inOrder);
        assertThat(joined).isEqualTo(inOrder);
        assertThat(joined.values())
                .filteredOn(OrderCell.class::isInstance)
                .singleElement()
                .satisfies(cell -> {
                    assertThat(((OrderCell) cell).count()).isEqualTo(count);
                    assertThat(((OrderCell) cell).value()).isEqualTo(count * 1_050L);
                });
    }
}
