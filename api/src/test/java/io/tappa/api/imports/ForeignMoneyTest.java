package io.tappa.api.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Client.Answer;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.pack.ShopCopy;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Amounts in other currencies, from sites and from files, at the real service. */
@Timeout(120)
class ForeignMoneyTest {
    private static final String RATES = """
            rates:
              CHF: 1.0555
              JPY: 0.00615
              USD: [ { from: 2026-01-01, rate: 0.92 }, { from: 2026-03-01, rate: 0.90 } ]
            """;

    private static ShopCopy shop;
    private static Service service;
    private static Client client;

    private final String person = "p-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        shop = new ShopCopy();
        shop.write("rates.yaml", RATES);
        service = Service.start(shop.setting());
        client = service.client();
    }

    @AfterAll
    static void stop() {
        service.close();
        shop.close();
    }

    @Test
    void countsOrdersAtTheRateOfTheirDayRoundedOnce() {
        var csv = """
                order_id,userId,total,currency,completedAt
                o-1,%1$s,100.00,USD,2026-02-28 23:59
                o-2,%1$s,100.00,usd,2026-03-01 00:00
                o-3,%1$s,9.99,CHF,2020-01-01
                o-4,%1$s,1234,JPY,2026-03-01
                o-5,%1$s,10.00,EUR,2026-03-01
                o-6,%1$s,10.00,USD,2025-12-31
                o-7,%1$s,10.00,GBP,2026-03-01
                """.formatted(person);

        var answer = imported("orders", csv);

        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isEqualTo(5);
        assertThat(answer.json().path("refusedLines"))
                .extracting(line ->
                        line.path("line").asInt() + " " + line.path("code").asText())
                .containsExactly("7 currency", "8 currency");
        assertThat(answer.json().at("/refusedLines/0/what").asText()).contains("2026-01-01");
        assertThat(answer.json().at("/refusedLines/1/cure").asText()).contains("rates.yaml");
        // 92.00 + 90.00 + 10.54 (10.544445) + 7.59 (7.5891) + 10.00
        assertThat(visitor().at("/facts/orderTotalEver").asText()).isEqualTo("210.13");
    }

    @Test
    void readsTheSameFromASite() {
        var added = priced(Events.track("a" + person, person, null, "Product Added"), "20.00", "CHF");
        Events.with("product_id", "p-1", added);
        var stated = Events.track("b" + person, person, null, "Cart Viewed");
        stated.withObject("/properties")
                .put("currency", "JPY")
                .putArray("products")
                .addObject()
                .put("product_id", "p-2")
                .put("price", 10_000)
                .put("quantity", 2);

        send(added);
        assertThat(cart()).isEqualTo("21.11");
        send(stated);
        assertThat(cart()).isEqualTo("123");

        var refused =
                client.post("/v1/track", priced(Events.track("c" + person, person, null, "Product Added"), "5", "GBP"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/code").asText()).isEqualTo("currency");
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/properties/currency");
        var inDecision = Events.question(person, null, "cart");
        inDecision
                .putArray("events")
                .add(priced(Events.track("d" + person, person, null, "Product Added"), "5", "GBP"));
        assertThat(client.post("/v1/decisions", inDecision)
                        .json()
                        .at("/refused/0/code")
                        .asText())
                .isEqualTo("currency");
        send(Events.with("currency", "GBP", Events.track("e" + person, person, null, "Product Viewed")));
        assertThat(cart()).isEqualTo("123");
    }

    @Test
    void pricesOfProductsAreConvertedToo() {
        var csv = "id,price,availability\np-%1$s,20.00 CHF,in_stock\nq-%1$s,20.00 GBP,in_stock\n".formatted(person);

        var answer = imported("products", csv);

        assertThat(answer.json().path("accepted").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/refusedLines/0/code").asText()).isEqualTo("currency");
        var stored = service.redis(connection -> connection.sync().hget("tappa:shop:{products}", "p-" + person));
        assertThat(stored).contains("\"priceMinor\":2111");
    }

    private static ObjectNode priced(ObjectNode event, String price, String currency) {
        return Events.with("price", price, Events.with("currency", currency, event));
    }

    private static void send(JsonNode event) {
        var answer = client.post("/v1/track", event);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private String cart() {
        return client.get("/v1/visitors?anonymousId=" + person)
                .json()
                .at("/facts/cartValue")
                .asText();
    }

    private static Answer imported(String kind, String csv) {
        return client.send(client.request("/v1/data/" + kind)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(csv))
                .build());
    }

    private JsonNode visitor() {
        return client.get("/v1/visitors?userId=" + person).json();
    }
}
