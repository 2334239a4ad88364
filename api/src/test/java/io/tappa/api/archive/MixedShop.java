package io.tappa.api.archive;

import io.tappa.api.pack.ShopCopy;

/** A pack in which much is at work: caps, pressure, a campaign with a budget and held-out people, an experiment, codes, lists. */
final class MixedShop {
    private MixedShop() {}

    static ShopCopy pack() {
        var shop = new ShopCopy();
        shop.write("facts.yaml", """
                facts:
                  views:   { type: whole, count: Product Viewed }
                  country: { type: word, trait: country }
                  name:    { type: text, trait: firstName }
                  paid:    { type: money, sum: Order Completed, property: total }
                  lately:  { type: number, unit: hours, since: any event }
                """);
        shop.write("segments.yaml", "segments: { italians: { if: { country: IT } } }");
        shop.write("offers.yaml", offers("Plain"));
        shop.write("touchpoints.yaml", """
                touchpoints:
                  home:
                    channel: site
                    placements:
                      hero: { keep: 30 minutes, fallback: plain }
                      list: { count: 3 }
                      foot: {}
                """);
        shop.only("decisions", "rules.yaml", """
                rules:
                  - { id: sale, where: home.hero, show: sale, if: { views: at least 1 } }
                  - { id: hello, where: home.hero, show: hello, priority: low }
                  - { id: rush, where: home.foot, show: rush, priority: high }
                  - { id: coded, where: home.foot, show: coded, if: { country: IT } }
                  - { id: late, where: home.foot, show: late, if: { lately: less than 30 } }
                  - { id: one, where: home.list, show: one }
                  - { id: two, where: home.list, show: two }
                  - { id: three, where: home.list, show: three, weight: 150 % }
                  - { id: four, where: home.list, show: four, if: { segment: italians } }
                  - { id: no-four, where: home.list, never show: four, if: { views: at least 4 } }
                """);
        shop.onlyOwnOffers();
        shop.only("journeys", "shop.yaml", """
                journey: shop
                start: awareness
                stages: { awareness: {}, interest: {}, purchase: {} }
                moves:
                  - { id: looks, on: Product Viewed, from: awareness, to: interest }
                  - { id: buys, on: Order Completed, to: purchase }
                """);
        shop.write("contact-policy.yaml", """
                not more often than:
                  - { offer: sale, times: 3, per: 1 days }
                  - { group: list, times: 20, per: calendar week }
                dismissed: 2 days
                pressure: { budget: 30, per: 7 days, costs: { site: 0.5 } }
                hold back: { share: 5 %, shows: fallback }
                """);
        shop.write("campaigns/rush.yaml", """
                campaign: rush
                offers: [ rush ]
                hold back: { share: 20 %, shows: next best }
                budget: 400
                goal: { on: Order Completed, within: 7 days, measure: total }
                """);
        shop.write("codes/first.csv", codes());
        shop.write("experiments.yaml", """
                layers: [ hero ]
                experiments:
                  text: { layer: hero, share: 80 %, where: home.hero, variants: { a: 50 %, b: 50 % }, shows: { b: bold } }
                """);
        shop.only("personas.yaml", null, "");
        return shop;
    }

    /** The offers, with another word in one of them for each version. */
    static String offers(String word) {
        return """
                offers:
                  plain: { content: { site: { it: { title: %s }, en: { title: %s } } } }
                  hello: { content: { site: { it: { title: "Ciao {name}" }, en: { title: "Hello {name}" } } } }
                  sale:  { value: 5.00, product: p-1, content: { site: { it: { title: "Saldi {paid}" } } } }
                  bold:  { content: { site: { it: { title: Bold } } } }
                  rush:  { value: 2.00, content: { site: { it: { title: Rush } } } }
                  coded: { codes: codes/first.csv, content: { site: { it: { title: "Codice {code}" } } } }
                  late:  { hours: 08:00 to 20:00, content: { site: { it: { title: "Ora {lately}" } } } }
                  one:   { group: list, value: 1.00, content: { site: { it: { title: Uno } } } }
                  two:   { group: list, value: 1.00, content: { site: { it: { title: Due } } } }
                  three: { group: list, value: 1.00, content: { site: { it: { title: Tre } } } }
                  four:  { group: list, value: 9.00, content: { site: { it: { title: Quattro } } } }
                """.formatted(word, word);
    }

    private static String codes() {
        var codes = new StringBuilder();
        for (int code = 0; code < 150; code++) {
            codes.append("C-%03d\n".formatted(code));
        }
        return codes.toString();
    }
}
