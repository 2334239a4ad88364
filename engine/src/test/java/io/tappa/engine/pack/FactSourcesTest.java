package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactSourcesTest {
    private static final String BASKET = """
            value: { type: money, from: cart.value }
            items: { type: whole, from: cart.items }
            """;
    private static final String ORDERS = """
            orders: { type: whole, from: orders.count }
            worth:  { type: money, from: orders.value }
            last:   { type: date, from: orders.last }
            ago:    { type: number, unit: days, from: orders.last }
            """;

    @Test
    void aListOfProductsSaysWhatIsInTheBasketAsOfItsTime() {
        var shopper = Shopper.knownBy(BASKET)
                .does("Product Added", "2026-03-01T10:00", "product_id=p1", "price=10")
                .does("Product Added", "2026-03-01T10:20", "product_id=p9", "price=1")
                .does(
                        "Cart Viewed",
                        "2026-03-01T10:10",
                        "products.0.product_id=p2",
                        "products.0.quantity=2",
                        "products.0.price=30",
                        "products.1.sku=p3",
                        "products.1.price=5.50");

        assertThat(shopper.tells("value")).isEqualTo("66.5");
        assertThat(shopper.tells("items")).isEqualTo("4");
    }

    @Test
    void piecesAreTakenOutOfAStatedBasket() {
        var shopper = Shopper.knownBy(BASKET)
                .does("Checkout Started", "2026-03-01T10:00", "products.0.product_id=p2", "products.0.quantity=3")
                .does("Product Removed", "2026-03-01T10:01", "product_id=p2", "quantity=2");

        assertThat(shopper.tells("items")).isEqualTo("1");
        assertThat(shopper.tells("value")).isEqualTo("unknown");
    }

    @Test
    void aBasketViewedWithoutItsProductsSaysNothing() {
        var shopper = Shopper.knownBy(BASKET)
                .does("Product Added", "2026-03-01T10:00", "product_id=p1", "price=10")
                .does("Cart Viewed", "2026-03-01T10:01");

        assertThat(shopper.tells("items")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"Order Completed", "Cart Emptied", "Cart Cleared"})
    void someEventsEmptyTheBasket(String event) {
        var shopper = Shopper.knownBy(BASKET)
                .does("Cart Viewed", "2026-03-01T10:00", "products.0.product_id=p2", "products.0.price=3")
                .does(event, "2026-03-01T10:01")
                .does("Cart Viewed", "2026-03-01T09:00", "products.0.product_id=p5", "products.0.price=3");

        assertThat(shopper.tells("items")).isEqualTo("0");
        assertThat(shopper.tells("value")).isEqualTo("0");
    }

    @Test
    void nobodyCanMakeUpWhatWasRecognised() {
        var shopper = Shopper.knownBy(BASKET + "touch: { type: word, from: last touch }\n")
                .does("Cart Viewed", "2026-03-01T10:00", "@basket=p1\t9\t9")
                .does("Page Viewed", "2026-03-01T10:00", "@touchpoint=home");

        assertThat(shopper.tells("items")).isEqualTo("0");
        assertThat(shopper.tells("touch")).isEqualTo("unknown");
    }

    @Test
    void aListIsReadUpToTwentyProducts() {
        var values = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            values.add("products.%d.product_id=p%d".formatted(i, i));
        }

        var shopper = Shopper.knownBy(BASKET).does("Cart Viewed", "2026-03-01T10:00", values.toArray(String[]::new));

        assertThat(shopper.tells("items")).isEqualTo("20");
    }

    @Test
    void ordersKnowTheirNewestTotal() {
        var shopper = Shopper.knownBy(ORDERS)
                .does("Order Updated", "2026-03-02T11:00", "order_id=o1", "total=45")
                .does("Order Updated", "2026-03-02T10:00", "order_id=o1", "total=70")
                .does("Order Completed", "2026-03-01T10:00", "order_id=o1", "total=50")
                .does("Order Completed", "2026-03-05T10:00", "order_id=o2", "total=20.50");

        assertThat(shopper.tells("orders")).isEqualTo("2");
        assertThat(shopper.tells("worth")).isEqualTo("65.5");
        assertThat(shopper.tellsAt("2026-03-06T22:00", "ago")).isEqualTo("1.5");
    }

    @Test
    void aCancelledOrderNoLongerCounts() {
        var shopper = Shopper.knownBy(ORDERS)
                .does("Order Completed", "2026-03-01T10:00", "order_id=o1", "total=50")
                .does("Order Completed", "2026-03-05T10:00", "order_id=o2", "total=20")
                .does("Order Cancelled", "2026-03-05T11:00", "order_id=o2");

        assertThat(shopper.tells("orders")).isEqualTo("1");
        assertThat(shopper.tells("worth")).isEqualTo("50");
        assertThat(shopper.tellsAt("2026-03-06T10:00", "ago")).isEqualTo("5");
    }

    @ParameterizedTest(name = "refunds {0} and {1} leave {2}")
    @CsvSource({
        "total=10, total=5, 35",
        "amount=10, amount=10, 30",
        "total=10, amount=60, 0",
        "reason=broken, total=10, 0",
        "total=much, total=10, 0"
    })
    void refundsAreTakenOff(String one, String other, String left) {
        var shopper = Shopper.knownBy(ORDERS)
                .does("Order Refunded", "2026-03-03T10:00", "order_id=o1", one)
                .does("Order Completed", "2026-03-01T10:00", "order_id=o1", "total=50")
                .does("Order Refunded", "2026-03-04T10:00", "order_id=o1", other);

        assertThat(shopper.tells("worth")).isEqualTo(left);
        assertThat(shopper.tells("orders")).isEqualTo("1");
    }

    @Test
    void newsOfAnOrderNobodyPlacedCountNothing() {
        var shopper = Shopper.knownBy(ORDERS)
                .does("Order Updated", "2026-03-01T10:00", "order_id=o1", "total=50")
                .does("Order Completed", "2026-03-01T10:00", "total=50");

        assertThat(shopper.tells("orders")).isEqualTo("0");
        assertThat(shopper.tells("worth")).isEqualTo("0");
        assertThat(shopper.tells("last")).isEqualTo("unknown");
    }

    @Test
    void theTypeMayBeLeftOutWhereOnlyOneFits() {
        var shopper = Shopper.knownBy("""
                worth: { from: orders.value }
                sad:   { from: detractor }
                days:  { from: time in stage of club, unit: days }
                """).does("Order Completed", "2026-03-01T10:00", "order_id=o1", "total=9.99");

        assertThat(shopper.tells("worth")).isEqualTo("9.99");
        assertThat(shopper.tells("sad")).isEqualTo("unknown");
        assertThat(shopper.tellsAt("2026-03-02T10:00", "days")).isEqualTo("1");
    }

    @Test
    void stagesOfAnyJourneyAreFacts() {
        var shopper = Shopper.knownBy("""
                shopStage:  { type: word, from: stage }
                clubStage:  { type: word, from: stage of club }
                clubDays:   { type: number, unit: days, from: time in stage of club }
                late:       { type: yesno, from: goal overdue }
                clubLate:   { type: yesno, from: goal overdue of club }
                """).does("Product Added", "2026-03-01T10:00");

        assertThat(shopper.tells("shopStage")).isEqualTo("intention");
        assertThat(shopper.tells("clubStage")).isEqualTo("outside");
        assertThat(shopper.tellsAt("2026-03-03T22:00", "clubDays")).isEqualTo("2.5");
        assertThat(shopper.tellsAt("2026-03-08T10:00", "late")).isEqualTo("no");
        assertThat(shopper.tellsAt("2026-03-08T10:01", "late")).isEqualTo("yes");
        assertThat(shopper.tellsAt("2026-03-03T10:00", "clubLate")).isEqualTo("no");
        assertThat(shopper.tellsAt("2026-03-03T10:01", "clubLate")).isEqualTo("yes");
        shopper.does("Joined", "2026-03-04T10:00");
        assertThat(shopper.tellsAt("2026-05-03T10:01", "clubLate")).isEqualTo("no");
    }

    @Test
    void theFirstAndTheLastTouchAreRemembered() {
        var shopper = Shopper.knownBy("""
                first: { type: word, from: first touch }
                last:  { type: word, from: last touch }
                """)
                .does("Page Viewed", "2026-03-01T10:00")
                .does("Page Viewed", "2026-03-01T12:00", "context.page.search=?qr=window-milano")
                .does("Coupon Applied", "2026-03-01T13:00", "coupon=paper10")
                .does("Page Viewed", "2026-03-01T11:00", "context.campaign.name=letter")
                .does("Page Viewed", "2026-03-01T14:00");

        assertThat(shopper.tells("first")).isEqualTo("brochure");
        assertThat(shopper.tells("last")).isEqualTo("brochure");
        assertThat(shopper.doesElsewhere("Survey Answered", "2026-03-01T15:00", "kind=touchpoint", "answer=a friend")
                        .tells("last"))
                .isEqualTo("friends");
    }

    @Test
    void answersOutsideTheirScaleDoNotCount() {
        var shopper = Shopper.knownBy("""
                nps:       { type: whole, from: last nps }
                csat:      { type: whole, from: last csat }
                ces:       { type: whole, from: last ces }
                atTheTill: { type: whole, from: last nps, where: { touchpoint: till } }
                sad:       { type: yesno, from: detractor }
                happy:     { type: yesno, from: promoter }
                """);
        assertThat(shopper.tells("sad")).isEqualTo("unknown");
        for (var answer : List.of("nps 10", "nps 11", "nps 9.5", "nps good", "csat 1", "csat 0", "ces 7", "ces 8")) {
            var parts = answer.split(" ", -1);
            shopper.does("Survey Answered", "2026-03-01T10:00", "kind=" + parts[0], "score=" + parts[1]);
        }

        assertThat(shopper.tells("nps")).isEqualTo("10");
        assertThat(shopper.tells("csat")).isEqualTo("1");
        assertThat(shopper.tells("ces")).isEqualTo("7");
        assertThat(shopper.tells("atTheTill")).isEqualTo("unknown");
        assertThat(shopper.tells("sad") + shopper.tells("happy")).isEqualTo("noyes");
        shopper.does("Survey Answered", "2026-03-02T10:00", "kind=nps", "score=6", "touchpoint=till");
        assertThat(shopper.tells("sad") + shopper.tells("happy")).isEqualTo("yesno");
        assertThat(shopper.tells("atTheTill")).isEqualTo("6");
    }
}
