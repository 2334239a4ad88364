package io.tappa.api.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.MovedClock;
import io.tappa.api.Service;
import io.tappa.api.pack.ShopCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A service with a small pack, whose clock stands until a test moves it. */
final class ExplainedShop implements AutoCloseable {
    static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");

    final MovedClock clock = new MovedClock(BEGIN);
    final ShopCopy pack = new ShopCopy();
    final Service service;
    final Client client;

    ExplainedShop() {
        pack.write("offers.yaml", """
                offers:
                  plain:   { content: { site: { en: { title: Plain } } } }
                  voucher: { value: 5.00, content: { site: { en: { title: Voucher } } } }
                  gift:    { value: 9.00, content: { site: { en: { title: Gift } } } }
                  sale:    { value: 4.00, content: { site: { en: { title: Sale } } } }
                """);
        pack.write("touchpoints.yaml", """
                touchpoints:
                  home: { channel: site, placements: { hero: { fallback: plain }, side: {} } }
                  cart: { channel: site, placements: { banner: {} } }
                """);
        pack.only("decisions", "rules.yaml", """
                rules:
                  - { id: voucher, where: [ home.hero, cart.banner ], show: voucher, if: { products in the basket: at least 1 } }
                  - { id: gift, where: home.hero, show: gift, priority: high, if: { orders ever: at least 1 } }
                  - { id: sale, where: home.side, show: sale }
                """);
        pack.onlyOwnOffers();
        pack.write("contact-policy.yaml", "not more often than: [ { offer: voucher, times: 1, per: 7 days } ]");
        pack.write("segments.yaml", "segments: { buyers: { if: { orders ever: at least 1 } } }");
        pack.write("campaigns/sale.yaml", """
                campaign: sale
                offers: [ sale ]
                hold back: { share: 50 %, shows: next best }
                goal: { on: Order Completed, within: 7 days, measure: total }
                """);
        service = Service.startAt(clock, pack.setting());
        client = service.client();
    }

    /** Somebody who may be remembered and has looked at a product. */
    String visitor() {
        var device = "d-" + UUID.randomUUID();
        track(device, "Product Viewed");
        return device;
    }

    /** Somebody with one product in the basket. */
    String withBasket() {
        var device = "d-" + UUID.randomUUID();
        track(device, "Product Added");
        return device;
    }

    /** Something happens; then a second passes, so that what happens next is later. */
    void track(String device, String event) {
        var track = Events.track("m-" + UUID.randomUUID(), device, null, event);
        track.withObject("/context/consent").put("personalization_storage", "granted");
        Events.with("price", 40, Events.with("product_id", "p-1", Events.with("order_id", device, track)));
        assertThat(client.post("/v1/track", Events.at(clock.now(), track)).status())
                .isEqualTo(200);
        clock.pass(Duration.ofSeconds(1));
    }

    /** Decides for all placements of {@code touchpoint}; then a minute passes. */
    JsonNode decide(String device, String touchpoint) {
        var answer = client.post("/v1/decisions", Events.question(device, null, touchpoint));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        clock.pass(Duration.ofMinutes(1));
        return answer.json();
    }

    String id(String device) {
        return client.get("/v1/visitors?anonymousId=" + device)
                .json()
                .path("id")
                .asText();
    }

    /** Why {@code device} did not see an offer; {@code more} parameters begin with an ampersand. */
    JsonNode whyNot(String device, String offer, String more) {
        var answer = client.get("/v1/visitors/%s/why-not?offer=%s%s".formatted(id(device), offer, more));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Override
    public void close() {
        service.close();
        pack.close();
    }
}
