package io.tappa.api.products;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.api.pack.ShopCopy;
import io.tappa.api.store.ProductStore.Change;
import io.tappa.api.store.ProductStore.ChangeKind;
import io.tappa.engine.fact.ProductNews;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody looks at a product, a feed says that it got cheaper, and the next decision knows. */
@Timeout(120)
class ProductNewsTest {
    private static ShopCopy shop;
    private static Service service;
    private static Client client;

    private final String id = UUID.randomUUID().toString();

    @BeforeAll
    static void start() throws IOException {
        shop = new ShopCopy();
        shop.replace("facts.yaml", "facts:\n", """
                facts:
                  priceDrop:   { label: something they viewed got cheaper, type: yesno, from: price drop, within: 7 days }
                  cheaperOne:  { type: word, from: price drop }
                  cheaperOnes: { type: whole, from: price drop }
                  backInStock: { type: yesno, from: back in stock, within: 7 days }
                """);
        shop.write("decisions/news.yaml", """
                rules:
                  - id: it-got-cheaper
                    where: home.hero
                    if: { something they viewed got cheaper: yes }
                    show: bestsellers
                    priority: must
                """);
        service = Service.start(shop.setting());
        client = service.client();
    }

    @AfterAll
    static void stop() {
        service.close();
        shop.close();
    }

    @Test
    void aFeedWithALowerPriceChangesTheNextDecision() throws Exception {
        feed("a,120.00 EUR,in_stock", "b,50.00 EUR,out_of_stock");
        looksAt("before", "a", "b");
        assertThat(rule("before")).isNotEqualTo("it-got-cheaper");

        feed("a,99.00 EUR,in_stock", "b,50.00 EUR,in_stock");
        waitUntil("priceDrop", "yes");
        waitUntil("backInStock", "yes");

        assertThat(rule("before")).isEqualTo("it-got-cheaper");
        assertThat(facts("before").path("cheaperOne").asText()).isEqualTo("a" + id);
        assertThat(facts("before").path("cheaperOnes").asInt()).isEqualTo(1);
        looksAt("after", "a", "b");
        assertThat(facts("after").path("priceDrop").asText()).isEqualTo("no");
        var reach = client.post(
                "/v1/packs/shop:reach", "{\"if\":{\"something they viewed got cheaper\":\"yes\"},\"exact\":true}");
        assertThat(reach.json().path("people").asInt()).as(reach.body()).isEqualTo(1);
        var visitor = client.get("/v1/visitors?anonymousId=before" + id)
                .json()
                .path("id")
                .asText();
        var decisions = client.get("/v1/visitors/" + visitor + "/export").json().path("decisions");
        assertThat(decisions.get(decisions.size() - 1).toString()).contains("\"yes\"");

        feed("a,130.00 EUR,in_stock", "b,50.00 EUR,out_of_stock");
        waitUntil("priceDrop", "no");
        waitUntil("backInStock", "no");
    }

    @Test
    void newsAreBoundedAndTheNewestOfThemStay() {
        var changes = new ArrayList<Change>();
        for (int product = 0; product < LiveProducts.MOST_PRODUCTS + 10; product++) {
            changes.add(new Change(product + "-0", product, "p" + product, ChangeKind.CHEAPER));
        }
        changes.add(new Change("x-0", 99, "p5000", ChangeKind.DEARER));

        var news = LiveProducts.with(ProductNews.NONE, changes);

        assertThat(news.cheaper())
                .hasSize(LiveProducts.MOST_PRODUCTS)
                .doesNotContainKeys("p0", "p5000")
                .containsKey("p10");
        assertThat(news.back()).isEmpty();
    }

    private void feed(String... rows) {
        var csv = new StringBuilder("id,price,availability\n");
        for (var row : rows) {
            csv.append(row.replaceFirst(",", id + ",")).append('\n');
        }
        var answer = client.send(client.request("/v1/data/products")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(csv.toString()))
                .build());
        assertThat(answer.json().path("refused").asInt()).as(answer.body()).isZero();
    }

    private void waitUntil(String fact, String value) throws Exception {
        Patience.until(
                fact,
                Duration.ofSeconds(20),
                () -> facts("before").path(fact).asText().equals(value));
    }

    private void looksAt(String who, String... products) {
        for (var product : List.of(products)) {
            var event = Events.track(who + product + id, who + id, null, "Product Viewed");
            client.post("/v1/track", Events.with("product_id", product + id, event));
        }
    }

    private String rule(String who) {
        var answer = client.post("/v1/decisions", Events.question(who + id, null, "home"));
        return answer.json().at("/decisions/0/rule").asText();
    }

    private JsonNode facts(String who) {
        return client.get("/v1/visitors?anonymousId=" + who + id).json().path("facts");
    }
}
