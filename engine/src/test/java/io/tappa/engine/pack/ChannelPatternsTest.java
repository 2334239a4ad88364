package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelPatternsTest {
    private static final String FACTS = """
            ropo:      { type: yesno, from: ropo, within: 7 days }
            ropoShop:  { type: word, from: ropo }
            milano:    { type: yesno, from: ropo, shop: Milano }
            collects:  { type: yesno, from: click and collect }
            collectsAt: { type: word, from: click and collect }
            tries:     { type: yesno, from: try and buy }
            triesAt:   { type: word, from: try and buy, within: 60 days }
            """;

    private static Shopper shopper() {
        return Shopper.knownBy(FACTS);
    }

    @Test
    void somebodyWhoDidNothingShowsNoPattern() {
        assertThat(shopper().tells("ropo")).isEqualTo("no");
        assertThat(shopper().tells("ropoShop")).isEqualTo("unknown");
    }

    @Test
    void whatWasSeenOnAScreenAndBoughtInAShopIsRopo() {
        var shopper = shopper()
                .doesElsewhere("Order Completed", "2026-03-05T10:00", "channel=pos", "shop=milano", "product_id=p1")
                .does("Product Viewed", "2026-03-01T10:00", "product_id=p1", "category=shoes");

        assertThat(shopper.tells("ropo")).isEqualTo("yes");
        assertThat(shopper.tells("ropoShop")).isEqualTo("milano");
        assertThat(shopper.tells("milano")).isEqualTo("yes");
        assertThat(shopper.tells("tries")).isEqualTo("no");
    }

    @ParameterizedTest(name = "{0}, then {1}: {2}")
    @CsvSource({
        "product_id=p1, product_id=p1, yes",
        "product_id=p1, products.3.product_id=p1, yes",
        "product_id=p1, products.0.product_id=p1, yes",
        "product_id=p1, product_id=p2, no",
        "category=shoes, products.0.category=shoes, yes",
        "category=shoes, products.0.category=hats, no",
        "category=shoes, products.0.product_id=p2, yes",
        "product_id=p1, category=shoes, yes",
        "path=/, product_id=p2, yes"
    })
    void theProductOrTheCategoryMustBeTheSameWhereKnown(String seen, String bought, String expected) {
        var shopper = shopper()
                .does("Product Viewed", "2026-03-01T10:00", seen)
                .does("Order Completed", "2026-03-05T10:00", "touchpoint=till", bought);

        assertThat(shopper.tells("ropo")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "bought at {0} in {1}: {2}")
    @CsvSource({
        "2026-03-08T10:00, till, yes",
        "2026-03-08T10:01, till, no",
        "2026-03-01T10:00, till, no",
        "2026-02-28T10:00, till, no",
        "2026-03-02T10:00, home, no"
    })
    void theOrderMustComeLaterWithinTheWindowAndOffline(String time, String touchpoint, String expected) {
        var shopper = shopper()
                .does("Product Viewed", "2026-03-01T10:00", "product_id=p1")
                .does("Order Completed", time, "product_id=p1", "touchpoint=" + touchpoint);

        assertThat(shopper.tells("ropo")).isEqualTo(expected);
    }

    @Test
    void whatWasSeenInAShopIsNoResearchOnline() {
        var shopper = shopper()
                .does("Product Viewed", "2026-03-01T10:00", "product_id=p1", "channel=pos")
                .does("Order Completed", "2026-03-02T10:00", "product_id=p1", "channel=pos");

        assertThat(shopper.tells("ropo")).isEqualTo("no");
    }

    @Test
    void anotherShopDoesNotCountWhereOneIsNamed() {
        var shopper = shopper()
                .does("Product Viewed", "2026-03-01T10:00", "product_id=p1")
                .does("Order Completed", "2026-03-02T10:00", "product_id=p1", "channel=pos", "shop=Roma");

        assertThat(shopper.tells("milano")).isEqualTo("no");
        assertThat(shopper.tells("ropoShop")).isEqualTo("Roma");
    }

    @ParameterizedTest(name = "ordered with {0}, collected {1}: {2}")
    @CsvSource({
        "delivery=pickup, order_id=o1, yes",
        "shipping=Pickup, order_id=o1, yes",
        "shipping=4.90, order_id=o1, no",
        "delivery=pickup, order_id=o2, no",
        "delivery=pickup, shop=roma, yes"
    })
    void whatIsOrderedOnlineAndFetchedIsClickAndCollect(String delivery, String collected, String expected) {
        var shopper = shopper()
                .does("Order Completed", "2026-03-01T10:00", "order_id=o1", delivery)
                .does("Order Collected", "2026-03-03T10:00", collected);

        assertThat(shopper.tells("collects")).isEqualTo(expected);
        assertThat(shopper.tells("collectsAt")).isEqualTo(collected.startsWith("shop") ? "roma" : "unknown");
    }

    @ParameterizedTest(name = "{0} {1}, then bought {2}: {3}")
    @CsvSource({
        "Product Tried, product_id=p1, product_id=p1, yes",
        "Product Tried, product_id=p1, product_id=p2, no",
        "Page Viewed, channel=pos, product_id=p1, yes",
        "Store Visited, touchpoint=till, product_id=p1, yes",
        "Page Viewed, channel=site, product_id=p1, no",
        "Order Completed, channel=pos, product_id=p1, no",
        "Survey Answered, touchpoint=till, product_id=p1, no",
        "Product Tried, product_id=p1, channel=pos, no"
    })
    void whatIsTriedInAShopAndBoughtOnlineIsTryAndBuy(String event, String value, String bought, String expected) {
        var shopper = shopper()
                .does(event, "2026-03-01T10:00", value, "shop=torino")
                .does("Order Completed", "2026-03-20T10:00", bought);

        assertThat(shopper.tells("tries")).isEqualTo(expected);
        assertThat(shopper.tells("triesAt")).isEqualTo(expected.equals("yes") ? "torino" : "unknown");
    }

    @Test
    void aPatternStaysWhenItsStepsAreForgotten() {
        var shopper = shopper()
                .does("Product Viewed", "2026-03-01T10:00", "product_id=p1")
                .does("Order Completed", "2026-03-02T10:00", "product_id=p1", "channel=pos", "shop=roma");

        for (int i = 0; i < 50; i++) {
            shopper.does("Product Viewed", "2026-03-03T10:%02d".formatted(i), "product_id=q" + i);
        }

        assertThat(shopper.tells("ropo")).isEqualTo("yes");
        assertThat(shopper.tells("ropoShop")).isEqualTo("roma");
    }
}
