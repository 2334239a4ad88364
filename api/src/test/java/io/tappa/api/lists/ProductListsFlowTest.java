package io.tappa.api.lists;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Decided;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.pack.ShopCopy;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A feed, orders and visits, and the lists of products that come of them. */
@Timeout(120)
class ProductListsFlowTest {
    private static ShopCopy shop;
    private static Service service;
    private static Client client;

    private final String id = UUID.randomUUID().toString();
    /** One a second, so that the order in which things happened is known. */
    private final Iterator<Instant> moments = Stream.iterate(
                    Instant.now().minusSeconds(60), moment -> moment.plusSeconds(1))
            .iterator();

    @BeforeAll
    static void start() {
        shop = ListShop.copy();
        service = Service.start(shop.setting());
        client = service.client();
        ListShop.feed(
                client,
                "p-1,Hiking shoe,89.00 EUR,in_stock,https://shop.example/p-1",
                "p-2,Rain jacket,120.50 EUR,in_stock,https://shop.example/p-2",
                "p-3,Tent,300.00 EUR,out_of_stock,https://shop.example/p-3",
                "p-4,Socks,9.90 EUR,backorder,https://shop.example/p-4",
                "p-5,Lamp,25.00 EUR,in_stock,https://shop.example/p-5",
                "p-6,Rope,40.00 EUR,,https://shop.example/p-6",
                "gone,Cup,5.00 EUR,in_stock,https://shop.example/gone");
        order("o-1", Map.of("p-1", 5, "p-2", 2));
        order("o-2", Map.of("p-1", 1, "p-4", 4, "p-3", 9));
        order("o-2", Map.of("p-1", 1, "p-4", 4, "p-3", 9));
        order("o-3", Map.of("p-2", 2, "p-1", 1, "unheard-of", 20));
        order("o-4", Map.of("p-5", 4, "p-3", 1));
        counted();
    }

    @AfterAll
    static void stop() {
        service.close();
        shop.close();
    }

    private static void order(String order, Map<String, Integer> pieces) {
        var event = Events.track(order, "buyer-of-" + order, null, "Order Completed");
        var products = event.withObjectProperty("properties")
                .put("order_id", order)
                .put("total", 10)
                .putArray("products");
        pieces.forEach((product, quantity) ->
                products.addObject().put("product_id", product).put("quantity", quantity));
        assertThat(client.post("/v1/track", event).status()).isEqualTo(200);
    }

    private static void counted() {
        service.bean(SalesNotes.class).write().block();
        service.bean(Bestsellers.class).read(true).block();
    }

    private void does(String event, String... products) {
        var batch = new ArrayList<ObjectNode>();
        for (var product : products) {
            var one = Events.track(UUID.randomUUID().toString(), id, null, event);
            batch.add(Events.at(moments.next(), Events.with("product_id", product, one)));
        }
        assertThat(client.post("/v1/batch", Events.batch(batch)).status()).isEqualTo(200);
    }

    private ObjectNode question(String... placements) {
        var question = Events.question(id, null, "shelf");
        List.of(placements).forEach(question.putArray("placements")::add);
        return question;
    }

    private JsonNode decide(String... placements) {
        var answer = client.post("/v1/decisions", question(placements));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("degraded")).isEmpty();
        return answer.json();
    }

    private static List<String> ids(JsonNode answer, String placement) {
        var ids = new ArrayList<String>();
        Decided.at(answer, placement)
                .at("/content/items")
                .forEach(product -> ids.add(product.path("id").asText()));
        return ids;
    }

    private void assertVerified(JsonNode answer) {
        var verdict = client.get("/v1/decisions/" + answer.path("decisionId").asText() + "/verify")
                .json();
        assertThat(verdict.path("verified").asBoolean()).as(verdict.toString()).isTrue();
    }

    @Test
    void eachListHasItsProducts() {
        does("Product Viewed", "p-5");
        does("Product Viewed", "p-2");
        does("Product Viewed", "p-3");
        does("Product Viewed", "unheard-of");
        does("Product Viewed", "p-5");
        does("Product Added", "p-6");
        does("Product Added", "p-1");

        assertThat(ids(decide("viewed"), "viewed")).containsExactly("p-5", "p-2");
        assertThat(ids(decide("basket"), "basket")).containsExactly("p-1", "p-6");
        assertThat(ids(decide("best"), "best")).containsExactly("p-1", "p-2", "p-4");
        assertThat(ids(decide("together"), "together")).containsExactly("p-2", "p-4");
    }

    @Test
    void theAnswerTellsWhatTheFeedSaid() {
        does("Product Viewed", "p-2");

        var answer = decide("viewed");

        var content = Decided.at(answer, "viewed").path("content");
        assertThat(content.path("title").asText()).isEqualTo("Già visti");
        var product = content.path("items").get(0);
        assertThat(product.path("id").asText()).isEqualTo("p-2");
        assertThat(product.path("title").asText()).isEqualTo("Rain jacket");
        assertThat(product.path("price").decimalValue()).isEqualByComparingTo("120.50");
        assertThat(product.path("currency").asText()).isEqualTo("EUR");
        assertThat(product.path("availability").asText()).isEqualTo("in_stock");
        assertThat(product.path("link").asText()).isEqualTo("https://shop.example/p-2");
        assertThat(product.has("priceMinor")).isFalse();
    }

    @Test
    void aPageShowsEachProductOnceAndIsMadeAgainToTheByte() {
        does("Product Viewed", "p-2", "p-1", "p-4");
        does("Product Added", "p-1");

        var page = decide("best", "viewed", "basket", "together");

        assertThat(ids(page, "best")).containsExactly("p-1", "p-2", "p-4");
        assertThat(Decided.offer(page, "viewed")).isEqualTo("l-nothing");
        assertThat(Decided.at(page, "basket").path("offer").isNull()).isTrue();
        assertVerified(page);
    }

    @Test
    void aRecordOutlivesTheFeed() {
        does("Product Viewed", "gone", "p-1");
        var before = decide("viewed");

        ListShop.feed(client, "gone,Cup,5.00 EUR,out_of_stock,https://shop.example/gone");

        assertThat(ids(before, "viewed")).containsExactlyInAnyOrder("p-1", "gone");
        assertThat(ids(decide("viewed"), "viewed")).containsExactly("p-1");
        assertVerified(before);
        var record = client.get("/v1/decisions/" + before.path("decisionId").asText())
                .json();
        assertThat(ids(record, "viewed")).isEqualTo(ids(before, "viewed"));
    }

    @Test
    void whoeverHasNoProductsSaysSo() {
        does("Product Added", "p-1", "p-3");

        var answer = client.post("/v1/decisions", question("strict", "viewed").put("explain", "full"))
                .json();

        assertThat(Decided.at(answer, "strict").toString())
                .contains("\"verdict\":\"content\"", "too few products for the list basket: 1, and it needs 3");
        assertThat(Decided.at(answer, "viewed").toString()).contains("no products for the list last viewed");
        assertThat(Decided.offer(answer, "strict")).isEqualTo("l-nothing");
        assertVerified(answer);
    }

    @Test
    void eventsOfTheRequestCountBeforeItsLists() {
        var question = question("basket");
        var added = Events.with("product_id", "p-4", Events.track(id, id, null, "Product Added"));
        question.putArray("events").add(added);

        var answer = client.post("/v1/decisions", question).json();

        assertThat(ids(answer, "basket")).containsExactly("p-4");
        assertVerified(answer);
    }

    @Test
    void whereTheBasketIsEmptyWhatWasViewedLastCounts() {
        does("Product Viewed", "p-1");

        assertThat(ids(decide("together"), "together")).containsExactly("p-2", "p-4");
    }

    @Test
    void batchesAndShadowsHaveListsToo() {
        does("Product Viewed", "p-1");
        var shadow = client.post("/v1/decisions", question("viewed").put("mode", "shadow"))
                .json();

        var batch = client.send(client.request("/v1/decisions:batch?touchpoint=shelf")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString("{\"visitor\":{\"anonymousId\":\"%s\"}}\n".formatted(id)))
                .build());

        assertThat(ids(shadow, "viewed")).containsExactly("p-1");
        assertThat(ids(batch.json(), "viewed")).containsExactly("p-1");
    }

    @Test
    void countersHoldProductsAndNobody() {
        var keys = service.redis(known -> Service.keys(known, "tappa:shop:{sales}*"));

        assertThat(keys).contains("tappa:shop:{sales}:with:p-1").hasSizeLessThan(12);
        List<String> others = service.redis(known -> known.sync().zrange("tappa:shop:{sales}:with:p-1", 0, -1));
        assertThat(others).containsExactlyInAnyOrder("p-2", "p-3", "p-4", "unheard-of");
    }
}
