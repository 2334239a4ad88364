package io.tappa.engine.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.PlainRuleSet;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A pack with a fact of every source, bounds small enough to be reached, and two journeys whose moves ask for them. */
final class LabPack {
    static final int VIEWS_KEPT = 5;
    static final int ORDERS_KEPT = 3;
    static final int CATEGORIES_KEPT = 2;
    static final int FAVOURITES_KEPT = 6;

    static final PackSnapshot PACK = read();

    private LabPack() {}

    private static PackSnapshot read() {
        var files = new PackFiles(new TreeMap<>(Map.of(
                "pack.yaml", """
                pack: lab
                zone: Europe/Rome
                currency: EUR
                consent: { personalization_storage: granted }
                languages: [en]
                journey: shop
                """,
                "facts.yaml", """
                facts:
                  viewsEver:      { type: whole, count: Product Viewed }
                  viewsInADay:    { type: whole, count: Product Viewed, within: 24 hours, atMost: 5 }
                  shoesSeen:      { type: whole, count: Product Viewed, where: { category: shoes } }
                  spentEver:      { type: money, sum: Order Completed, property: total }
                  spentInAWeek:   { type: money, sum: Order Completed, property: total, within: 7 days, atMost: 3 }
                  ordersEver:     { type: whole, distinct: Order Completed, property: order_id }
                  categoriesNow:  { type: whole, distinct: Product Viewed, property: category, within: 1 hour, atMost: 2 }
                  favourite:      { type: word, mostFrequent: Product Viewed, property: category, within: 2 days, atMost: 6 }
                  lastCategory:   { type: word, last: Product Viewed, property: category }
                  firstPrice:     { type: money, first: Product Viewed, property: price }
                  lastOrder:      { type: date, last: Order Completed }
                  firstVisit:     { type: date, first: any event }
                  sinceVisit:     { type: number, unit: hours, since: any event }
                  nps:            { type: whole, range: 0 to 10, last: Survey Answered, property: score, where: { kind: nps } }
                  country:        { type: word, trait: address.country }
                  card:           { type: yesno, trait: card }
                  birthday:       { type: date, trait: birthday }
                  cartValue:      { type: money, from: cart.value }
                  cartItems:      { type: whole, from: cart.items }
                  gap:            { type: money, upTo: 80, of: cartValue }
                  hoursInStage:   { type: number, unit: hours, from: time in stage }
                  hour:           { type: whole, from: local hour }
                  day:            { type: word, from: weekday }
                  heroTest:       { type: word, from: experiment.hero }
                  language:       { type: word, from: context.language }
                """,
                "personas.yaml", """
                personas:
                  fan:    { if: { ordersEver: at least 2, nps: at least 9 } }
                  looker: { if: { viewsInADay: at least 3 } }
                """,
                "journeys/shop.yaml", """
                journey: shop
                start: awareness
                stages: { awareness: {}, consideration: {}, intention: {}, purchase: {}, loyalty: {}, advocacy: {} }
                moves:
                  - { id: interested, on: Product Viewed, from: awareness, if: { viewsInADay: at least 3 }, to: consideration }
                  - { id: wants, on: Product Added, to: intention }
                  - { id: empties, on: Product Removed, from: intention, if: { cartItems: 0 }, to: consideration }
                  - { id: loyal, on: Order Completed, if: { ordersEver: at least 2 }, to: loyalty, priority: high }
                  - { id: buys, on: Order Completed, to: purchase }
                  - { id: cools, on: Page Viewed, from: [ consideration, intention ], if: { hoursInStage: at least 2 }, to: awareness }
                  - { id: praises, on: Survey Answered, if: { persona: fan }, to: advocacy }
                """,
                "journeys/club.yaml", """
                journey: club
                start: outside
                stages: { outside: {}, member: {}, vip: {} }
                moves:
                  - { id: joins, on: Identified, from: outside, if: { card: yes }, to: member }
                  - { id: leaves, on: Identified, if: { card: no }, to: outside, priority: high }
                  - { id: rises, on: Order Completed, from: member, if: { spentInAWeek: at least 100 }, to: vip }
                  - { id: falls-b, on: Page Viewed, from: vip, to: outside }
                  - { id: falls-a, on: Page Viewed, from: vip, to: member }
                  - { id: fades, on: Product Viewed, from: vip, if: { any of: [ { categoriesNow: 2 }, { favourite: hats } ] }, to: member }
                """)));
        var result = PackReader.read(files, PlainRuleSet::new);
        assertThat(result.problems())
                .extracting(problem -> problem.place().rule() + " " + problem.code())
                .containsExactly("falls-b never-wins");
        return Objects.requireNonNull(result.snapshot());
    }
}
