package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.fact.Cell;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fact that came with a later pack has missed what happened before. */
class NotYetKnownTest {
    private static final String PUBLISHED = "2026-03-02T12:00";
    private static final String FACTS = """
            views:     { type: whole, count: Product Viewed, within: 24 hours }
            viewsEver: { type: whole, count: Product Viewed }
            seen:      { type: whole, distinct: Product Viewed, property: category }
            spent:     { type: money, sum: Order Completed, property: total }
            category:  { type: word, last: Product Viewed, property: category }
            first:     { type: word, first: Product Viewed, property: category }
            ago:       { type: number, unit: hours, since: Product Viewed }
            basket:    { type: money, from: cart.value }
            gap:       { type: money, upTo: 80, of: basket }
            orders:    { type: whole, from: orders.count }
            lastOrder: { type: date, from: orders.last }
            country:   { type: word, trait: country }
            found:     { type: word, from: first touch }
            came:      { type: word, from: last touch }
            nps:       { type: whole, from: last nps }
            ropo:      { type: yesno, from: ropo }
            """;

    private static Shopper early() {
        return Shopper.knownBy("any: { type: whole, count: any event }")
                .does("Product Viewed", "2026-03-02T10:00", "category=shoes", "price=10")
                .does("Product Added", "2026-03-02T10:01", "product_id=p1", "price=30")
                .knownLaterBy(FACTS, PUBLISHED);
    }

    @Test
    void aWindowIsKnownOnceItHasPassed() {
        var shopper = early().does("Product Viewed", "2026-03-02T13:00", "category=hats");

        assertThat(shopper.tells("views")).isEqualTo("unknown");
        assertThat(shopper.tellsAt("2026-03-03T11:59", "views")).isEqualTo("unknown");
        assertThat(shopper.tellsAt("2026-03-03T12:00", "views")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"viewsEver", "seen", "spent", "first", "orders", "found", "ropo", "basket", "gap"})
    void whatMattersForEverIsNeverKnownOfThoseWhoWereHereBefore(String fact) {
        var shopper = early().does("Product Viewed", "2026-03-02T13:00", "category=hats");

        assertThat(shopper.tellsAt("2027-03-02T12:00", fact)).isEqualTo("unknown");
    }

    @Test
    void whatIsNewestIsKnownAtOnce() {
        var shopper = early().does("Product Viewed", "2026-03-02T13:00", "category=hats")
                .does("Order Completed", "2026-03-02T14:00", "order_id=o1", "total=20")
                .does("Identified", "2026-03-02T14:00", "traits.country=IT")
                .does("Survey Answered", "2026-03-02T14:00", "kind=nps", "score=9")
                .does("Page Viewed", "2026-03-02T14:00", "touchpoint=home");

        assertThat(shopper.tells("category")).isEqualTo("hats");
        assertThat(shopper.tells("ago")).isEqualTo("1");
        assertThat(shopper.tells("lastOrder")).isNotEqualTo("unknown");
        assertThat(shopper.tells("country")).isEqualTo("IT");
        assertThat(shopper.tells("nps")).isEqualTo("9");
        assertThat(shopper.tells("came")).isEqualTo("home");
    }

    @Test
    void aBasketIsKnownOnceItWasEmptied() {
        var shopper = early().does("Order Completed", "2026-03-02T14:00", "order_id=o1", "total=20")
                .does("Product Added", "2026-03-02T14:01", "product_id=p1", "price=30");

        assertThat(shopper.tells("basket")).isEqualTo("30");
        assertThat(shopper.tells("gap")).isEqualTo("50");
    }

    @Test
    void everythingIsKnownOfWhoeverComesLater() {
        var shopper = Shopper.knownBy("any: { type: whole, count: any event }")
                .knownLaterBy(FACTS, PUBLISHED)
                .does("Product Viewed", "2026-03-02T12:01", "category=hats");

        for (var fact : List.of("views", "viewsEver", "seen")) {
            assertThat(shopper.tells(fact)).as(fact).isEqualTo("1");
        }
        assertThat(shopper.tells("first")).isEqualTo("hats");
        assertThat(shopper.tells("orders")).isEqualTo("0");
        assertThat(shopper.tells("ropo")).isEqualTo("no");
        assertThat(shopper.tells("gap")).isEqualTo("80");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whatTheLogTellsIsAsIfItHadAlwaysBeenGathered(long seed) {
        var always = act(Shopper.knownBy(FACTS), new Random(seed), 40);
        var late = act(Shopper.knownBy("any: { type: whole, count: any event }"), new Random(seed), 40)
                .knownLaterBy(FACTS, "2026-03-04T00:00");

        late.caughtUp().caughtUp();

        assertThat(late.state().lanes().keySet())
                .isEqualTo(always.state().lanes().keySet());
        always.state().lanes().forEach((id, lane) -> {
            var gathered = late.state().lanes().get(id).cells();
            var now = Instant.parse("2026-03-04T00:00:00Z").toEpochMilli();
            assertThat(pruned(late, gathered, now)).isEqualTo(pruned(always, lane.cells(), now));
        });
        var random = new Random(seed);
        act(always, random, 5);
        act(late, new Random(seed), 5);
        for (var fact : List.of("category", "basket", "lastOrder", "nps", "country")) {
            assertThat(late.tells(fact)).as(fact).isEqualTo(always.tells(fact));
        }
    }

    private static Map<Integer, Cell> pruned(Shopper shopper, SortedMap<Integer, Cell> cells, long nowMillis) {
        var pruned = new TreeMap<>(cells);
        shopper.pack().facts().prune(pruned, nowMillis);
        return pruned;
    }

    private static Shopper act(Shopper shopper, Random random, int times) {
        for (int i = 0; i < times; i++) {
            var time = "2026-03-0%d:%02d"
                    .formatted(1 + random.nextInt(3), random.nextInt(60))
                    .replaceFirst(":", "T%02d:".formatted(random.nextInt(24)));
            var product = "product_id=p" + random.nextInt(3);
            var price = "price=" + random.nextInt(50);
            var category = "category=" + List.of("shoes", "hats").get(random.nextInt(2));
            switch (random.nextInt(6)) {
                case 0 -> shopper.does("Product Added", time, product, price);
                case 1 -> shopper.doesElsewhere("Product Removed", time, product);
                case 2 -> shopper.does("Order Completed", time, "order_id=o" + random.nextInt(5), "total=20");
                case 3 -> shopper.does("Survey Answered", time, "kind=nps", "score=" + random.nextInt(11));
                case 4 -> shopper.does("Identified", time, "traits.country=IT", "touchpoint=home");
                default -> shopper.doesElsewhere("Product Viewed", time, product, price, category);
            }
        }
        return shopper;
    }
}
