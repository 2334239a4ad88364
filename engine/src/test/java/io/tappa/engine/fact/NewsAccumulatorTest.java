package io.tappa.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewsAccumulatorTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long LOOKED = 1_775_000_000_000L;
    private static final FactCatalog FACTS = new FactCatalog(
            List.of(fact(0, FactType.YESNO), fact(1, FactType.WORD), fact(2, FactType.WHOLE)), ZoneOffset.UTC);

    private final Map<Integer, Cell> cells = new HashMap<>();

    private static Fact fact(int index, FactType type) {
        var news = new NewsAccumulator(ProductNews.Kind.PRICE_DROP, Duration.ofDays(7));
        return Fact.of(index, "fact" + index, "fact" + index, type, 1, new Source.Gathered(news));
    }

    private NewsAccumulatorTest does(String event, long at, String... products) {
        var values = new TreeMap<String, String>();
        for (int i = 0; i < products.length; i++) {
            values.put(products.length == 1 ? "product_id" : "products." + i + ".product_id", products[i]);
        }
        FACTS.fold(cells, event, at, FACTS.kept(event, values));
        return this;
    }

    /** Yes or no, the product and how many, at {@code now}. */
    private String told(long now, Map<String, Long> cheaper) {
        var around = new Circumstances(
                now,
                null,
                null,
                new TreeMap<>(),
                new TreeMap<>(),
                new ProductNews(new TreeMap<>(cheaper), new TreeMap<>()));
        var values = FACTS.read(cells, around);
        return "%s %s %d".formatted(values.word(0), values.word(1), values.number(2));
    }

    @ParameterizedTest(name = "cheaper {0} ms after the look, asked {1} ms after it")
    @CsvSource({
        "1, 1, yes p1 1",
        "0, 10, no null 0",
        "-1, 10, no null 0",
        "5, 4, no null 0",
        "1, 604800000, yes p1 1",
        "1, 604800001, no null 0",
    })
    void countsWhatHappenedAfterTheLookAndWithinTheWindow(long after, long now, String expected) {
        does("Product Viewed", LOOKED, "p1");

        assertThat(told(LOOKED + now, Map.of("p1", LOOKED + after, "p2", LOOKED + after)))
                .isEqualTo(expected);
    }

    @Test
    void namesTheProductOfTheNewestNewsThenTheFirstInTheAlphabet() {
        does("Cart Viewed", LOOKED, "p3", "p2", "p1").does("Product Added to Wishlist", LOOKED, "p4");

        var news = Map.of("p1", LOOKED + 1, "p2", LOOKED + DAY, "p3", LOOKED + DAY, "p4", LOOKED + 5);

        assertThat(told(LOOKED + 2 * DAY, news)).isEqualTo("yes p2 4");
    }

    @Test
    void whatWasBoughtCountsNoMoreUntilItIsLookedAtAgain() {
        does("Order Completed", LOOKED + 5, "p1", "p2").does("Product Viewed", LOOKED, "p1");
        assertThat(told(LOOKED + DAY, Map.of("p1", LOOKED + 10))).isEqualTo("no null 0");

        does("Product Viewed", LOOKED + 6, "p1");
        assertThat(told(LOOKED + DAY, Map.of("p1", LOOKED + 10))).isEqualTo("yes p1 1");
    }

    @Test
    void theNewestTwentyProductsAreRemembered() {
        for (int product = 30; product > 0; product--) {
            does("Product Viewed", LOOKED + product, "p" + product);
        }
        var news = new TreeMap<String, Long>();
        for (int product = 1; product <= 30; product++) {
            news.put("p" + product, LOOKED + 100);
        }

        assertThat(told(LOOKED + DAY, news)).isEqualTo("yes p11 20");
    }

    @Test
    void withoutNewsNothingHappened() {
        does("Product Viewed", LOOKED, "p1");

        assertThat(told(LOOKED + DAY, Map.of())).isEqualTo("no null 0");
        assertThat(FACTS.read(cells, Circumstances.at(LOOKED)).word(0)).isEqualTo("no");
    }
}
