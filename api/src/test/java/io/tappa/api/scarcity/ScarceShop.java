package io.tappa.api.scarcity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Events;
import io.tappa.api.pack.ShopCopy;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A shop with a voucher that has a cap, a rush that has a budget, and codes for whoever comes first. */
final class ScarceShop {
    private ScarceShop() {}

    /** The pack; who gets no rush, or no code, sees something else. */
    static ShopCopy pack(String budget, int codes) {
        var shop = new ShopCopy();
        shop.write("offers.yaml", """
                offers:
                  voucher: { content: { site: { en: { title: Voucher } } } }
                  rush:    { cost: 0.25, content: { site: { en: { title: Rush } } } }
                  coded:   { codes: codes/first.csv, content: { site: { en: { title: "Yours: {code}" } } } }
                  plain:   { content: { site: { en: { title: Plain } } } }
                """);
        shop.write("touchpoints.yaml", """
                touchpoints:
                  home: { channel: site, placements: { hero: {}, side: {}, foot: {} } }
                """);
        shop.only("decisions", "rules.yaml", """
                rules:
                  - { id: voucher, where: home.hero, show: voucher }
                  - { id: rush, where: home.side, show: rush }
                  - { id: no-rush, where: home.side, show: plain, priority: low }
                  - { id: coded, where: home.foot, show: coded }
                """);
        shop.onlyOwnOffers();
        shop.write("contact-policy.yaml", "not more often than: [ { offer: voucher, times: 3, per: calendar month } ]");
        shop.write("campaigns/rush.yaml", """
                campaign: rush
                offers: [ rush ]
                budget: %s
                """.formatted(budget));
        shop.write("codes/first.csv", "code\n" + codes(codes));
        return shop;
    }

    private static String codes(int count) {
        return IntStream.range(0, count).mapToObj("F-%05d"::formatted).collect(Collectors.joining("\n"));
    }

    /** An offer of a decision was seen by a visitor. */
    static ObjectNode viewed(String messageId, String id, String offer, String placement, JsonNode answer) {
        var viewed = Events.track(messageId, id, null, "Promotion Viewed");
        Events.with("promotion_id", offer, viewed);
        Events.with("position", placement, viewed);
        return Events.with("decisionId", answer.path("decisionId").asText(), viewed);
    }
}
