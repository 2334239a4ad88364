package io.tappa.api.lists;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.MovedClock;
import io.tappa.api.Service;
import io.tappa.api.pack.LivePack;
import io.tappa.api.pack.ShopCopy;
import io.tappa.api.store.ProductStore;
import io.tappa.api.store.ProductStore.Product;
import io.tappa.api.store.SalesCounts;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.offer.ProductLists.Kind;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What sells best and what is bought together, compared with a model that keeps every order and counts anew. */
@Timeout(120)
class ProductListsLawTest {
    private static final int PRODUCTS = 30;
    /** Products that all lists of the page have room for together. */
    private static final int MOST = 18;

    private static final Instant NOW = Instant.parse("2026-03-29T10:00:00Z");
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");

    private static ShopCopy shop;
    private static Service service;

    private final SalesCounts sales = service.bean(SalesCounts.class);
    private final ProductStore catalogue = service.bean(ProductStore.class);
    private final LivePack live = service.bean(LivePack.class);
    private final LiveLists lists = service.bean(LiveLists.class);
    private final Bestsellers bestsellers = new Bestsellers(sales, catalogue, live, lists, new MovedClock(NOW));
    private final ProductFinder finder = new ProductFinder(lists, bestsellers, sales, catalogue);

    /** An order: when, and pieces of each product in the order of its list. */
    private record Order(Instant at, Map<String, Long> pieces) {}

    @BeforeAll
    static void start() {
        shop = ListShop.copy();
        service = Service.startAt(new MovedClock(NOW), shop.setting());
    }

    @AfterAll
    static void stop() {
        service.close();
        shop.close();
    }

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theListsAreThoseOfTheNaiveModel(int seed) {
        var random = new Random(seed);
        var orders = new ArrayList<Order>();
        for (int i = random.nextInt(60); i > 0; i--) {
            orders.add(order(random));
        }
        var available = catalogue(random);
        forget();

        count(random, orders);
        bestsellers.read(true).block();

        var basket = some(random, random.nextInt(4));
        var viewed = some(random, random.nextInt(6));
        var found = find(basket, viewed);
        assertThat(bestsellers.now()).isEqualTo(available(sold(orders), available, Integer.MAX_VALUE));
        assertThat(found.get(Kind.BESTSELLERS)).isEqualTo(available(sold(orders), available, MOST));
        assertThat(found.get(Kind.BASKET)).isEqualTo(available(basket, available, MOST));
        assertThat(found.get(Kind.LAST_VIEWED)).isEqualTo(available(viewed, available, MOST));
        assertThat(found.get(Kind.BOUGHT_TOGETHER))
                .isEqualTo(available(together(orders, basket, viewed), available, MOST));
    }

    private static Order order(Random random) {
        var age = random.nextInt(3) == 0
                ? Duration.ofMinutes(random.nextInt(100 * 24 * 60))
                : Duration.ofHours(random.nextInt(40 * 24) - 30L);
        var pieces = new LinkedHashMap<String, Long>();
        for (int line = 1 + random.nextInt(random.nextInt(10) == 0 ? 28 : 5); line > 0; line--) {
            pieces.put(product(random), (long) random.nextInt(4));
        }
        return new Order(NOW.minus(age), pieces);
    }

    private static String product(Random random) {
        return "p-%02d".formatted(random.nextInt(PRODUCTS));
    }

    private static List<String> some(Random random, int count) {
        var some = new TreeSet<String>();
        for (int i = 0; i < count; i++) {
            some.add(product(random));
        }
        return List.copyOf(some);
    }

    private Set<String> catalogue(Random random) {
        var products = new ArrayList<Product>();
        var available = new TreeSet<String>();
        for (int i = 0; i < PRODUCTS; i++) {
            var id = "p-%02d".formatted(i);
            var stock = random.nextInt(5) == 0 ? ProductStore.SOLD_OUT : ProductStore.IN_STOCK;
            products.add(new Product(
                    id,
                    100L,
                    stock,
                    "{\"id\":\"%s\",\"priceMinor\":100,\"availability\":\"%s\"}".formatted(id, stock)));
            if (stock.equals(ProductStore.IN_STOCK)) {
                available.add(id);
            }
        }
        catalogue.put(products).block();
        return available;
    }

    private static void forget() {
        service.redis(known -> {
            Service.keys(known, "tappa:shop:{sales}*")
                    .forEach(key -> known.sync().del(key));
            return true;
        });
    }

    /** Through several nodes, each of which hears of some orders and writes now and then. */
    private void count(Random random, List<Order> orders) {
        try (var one = new SalesNotes(sales, lists);
                var another = new SalesNotes(sales, lists)) {
            for (var order : orders) {
                var node = random.nextBoolean() ? one : another;
                node.counted(live.now(), List.of(event(order)), NOW.toEpochMilli());
                if (random.nextInt(10) == 0) {
                    node.write().block();
                }
            }
        }
    }

    private static VisitorEvent event(Order order) {
        var values = new TreeMap<String, String>();
        int line = 0;
        for (var piece : order.pieces().entrySet()) {
            values.put("products.%d.product_id".formatted(line), piece.getKey());
            if (piece.getValue() != 1) {
                values.put("products.%d.quantity".formatted(line), Long.toString(piece.getValue()));
            }
            line++;
        }
        return new VisitorEvent("m-1", Identities.of("buyer", null), "Order Completed", order.at(), values);
    }

    /** Pieces of the last 30 days where the pack is; what has not happened yet counts today. */
    private static List<String> sold(List<Order> orders) {
        var today = LocalDate.ofInstant(NOW, ROME);
        var sold = new TreeMap<String, Long>();
        for (var order : orders) {
            if (!LocalDate.ofInstant(order.at(), ROME).isBefore(today.minusDays(29))) {
                order.pieces().forEach((product, pieces) -> {
                    if (pieces > 0) {
                        sold.merge(product, pieces, Long::sum);
                    }
                });
            }
        }
        return best(sold);
    }

    private static List<String> together(List<Order> orders, List<String> basket, List<String> viewed) {
        var seeds = basket.isEmpty() ? viewed.subList(0, Math.min(3, viewed.size())) : basket;
        var counts = new TreeMap<String, Long>();
        for (var seed : seeds) {
            for (var order : orders) {
                var products = order.pieces().entrySet().stream()
                        .filter(piece -> piece.getValue() > 0)
                        .map(Map.Entry::getKey)
                        .limit(20)
                        .toList();
                if (products.contains(seed) && order.at().isAfter(NOW.minus(Duration.ofDays(90)))) {
                    products.stream()
                            .filter(other -> !other.equals(seed) && !basket.contains(other))
                            .forEach(other -> counts.merge(other, 1L, Long::sum));
                }
            }
        }
        return best(counts).stream().limit(24).toList();
    }

    private static List<String> best(Map<String, Long> counts) {
        var products = new ArrayList<>(counts.keySet());
        products.sort(Comparator.comparingLong((String product) -> -counts.getOrDefault(product, 0L))
                .thenComparing(Comparator.naturalOrder()));
        return products;
    }

    private static List<String> available(List<String> products, Collection<String> available, int most) {
        return products.stream().filter(available::contains).limit(most).toList();
    }

    /** The products that were put in last, or viewed last, come first. */
    private Map<Kind, List<String>> find(List<String> basket, List<String> viewed) {
        var pack = live.now();
        var events = new ArrayList<VisitorEvent>();
        for (int i = basket.size() - 1; i >= 0; i--) {
            events.add(did("Product Added", basket.get(i), events.size()));
        }
        for (int i = viewed.size() - 1; i >= 0; i--) {
            events.add(did("Product Viewed", viewed.get(i), events.size()));
        }
        var state = events.isEmpty()
                ? VisitorState.UNSEEN
                : Transitions.applyAndWake(pack, VisitorState.UNSEEN, events, NOW.toEpochMilli(), Set.of())
                        .state();
        var shelf = Objects.requireNonNull(pack.touchpoints().find("shelf"));
        var request = new DecisionRequest(shelf, shelf.placements(), new TreeMap<>(), NOW.toEpochMilli());
        var found = Objects.requireNonNull(finder.find(pack, request, state).block());
        return found.lists().byKind();
    }

    private static VisitorEvent did(String event, String product, int order) {
        return new VisitorEvent(
                "m-" + order,
                Identities.of("visitor", null),
                event,
                NOW.minusSeconds(60L - order),
                new TreeMap<>(Map.of("product_id", product)));
    }
}
