package io.tappa.loadtests;

import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * A whole pack as its authors would write it, from a seed: whatever its size, 8 to 11 rules match a typical visitor.
 *
 * <p>A larger shop is told apart by more words, not by tighter numbers: up to 10 rules stand at one touchpoint, up to
 * 100 at ten, up to 1,000 name a stage as well, and more than that a category too.
 */
final class GeneratedPack {
    static final int TOUCHPOINTS = 10;
    static final int CATEGORIES = 12;
    static final int FIGURES = 8;
    static final int HIGHEST_FIGURE = 999;
    static final List<String> COUNTRIES = List.of("IT", "DE", "AT", "CH", "FR", "ES", "PT", "NL", "BE", "PL");
    static final List<String> STAGES =
            List.of("awareness", "consideration", "intention", "purchase", "loyalty", "advocacy");

    private static final int OFFERS = 40;
    private static final int RULES_PER_FILE = 2_000;
    private static final List<String> PLACEMENTS = List.of("hero", "sidebar", "footer");
    private static final List<String> PRIORITIES = List.of("high", "normal", "normal", "normal", "low");

    private final int rules;
    private final Random random;

    GeneratedPack(int rules, long seed) {
        this.rules = rules;
        this.random = new Random(seed);
    }

    /** A generated pack, compiled. */
    static PackSnapshot snapshot(int rules) {
        return compiled(new GeneratedPack(rules, 1).files());
    }

    /** A pack that must be without errors, compiled. */
    static PackSnapshot compiled(PackFiles files) {
        return Objects.requireNonNull(
                PackReader.compiled(files),
                () -> PackReader.read(files).problems().get(0).inWords());
    }

    /** Key of one of the touchpoints that some rule asks for. */
    static String anyTouchpoint(int rules, Random random) {
        return "page" + (rules <= 10 ? 0 : random.nextInt(TOUCHPOINTS));
    }

    /** The files of the pack. */
    PackFiles files() {
        var files = new TreeMap<String, String>();
        files.put("pack.yaml", PACK);
        files.put("facts.yaml", FACTS + figures());
        files.put("journeys/shop.yaml", JOURNEY);
        files.put("personas.yaml", PERSONAS);
        files.put("contact-policy.yaml", POLICY);
        files.put("touchpoints.yaml", touchpoints());
        files.put("offers.yaml", offers());
        for (int first = 0; first < rules; first += RULES_PER_FILE) {
            var text = new StringBuilder("rules:\n");
            for (int rule = first; rule < Math.min(rules, first + RULES_PER_FILE); rule++) {
                text.append(rule(rule));
            }
            files.put("decisions/rules-%02d.yaml".formatted(first / RULES_PER_FILE), text.toString());
        }
        return new PackFiles(files);
    }

    private static String figures() {
        var text = new StringBuilder();
        for (int figure = 0; figure < FIGURES; figure++) {
            text.append("  figure%d: { label: figure %d, type: whole, range: 0 to %d, trait: figure%d }%n"
                    .formatted(figure, figure, HIGHEST_FIGURE, figure));
        }
        return text.toString();
    }

    private static String touchpoints() {
        var text = new StringBuilder("touchpoints:\n");
        for (int touchpoint = 0; touchpoint < TOUCHPOINTS; touchpoint++) {
            text.append("  page%d:%n    channel: site%n    placements:%n".formatted(touchpoint));
            for (var placement : PLACEMENTS) {
                text.append(
                        "      %s: { content: { title: { type: text, required: yes, longest: 60 }, link: { type: url } }, fallback: offer-0 }%n"
                                .formatted(placement));
            }
        }
        return text.toString();
    }

    private static String offers() {
        var text = new StringBuilder("offers:\n");
        for (int offer = 0; offer < OFFERS; offer++) {
            var gap = offer % 5 == 4 ? "{basket gap} € " : "";
            text.append("""
                      offer-%1$d:
                        value: %2$d.50
                        group: group-%3$d
                        content:
                          site:
                            it: { title: "%4$sOfferta numero %1$d", link: /it/offers/%1$d }
                            en: { title: "%4$sOffer number %1$d", link: /en/offers/%1$d }
                    """.formatted(offer, 1 + offer % 7, offer % 5, gap));
        }
        return text.toString();
    }

    private String rule(int number) {
        var touchpoint = anyTouchpoint(rules, random);
        var conditions = new ArrayList<String>();
        if (rules > 1_000) {
            conditions.add("last category seen: c" + random.nextInt(CATEGORIES));
        }
        conditions.add("home country: not " + COUNTRIES.get(random.nextInt(COUNTRIES.size())));
        addFigures(conditions);
        return """
                  - id: rule-%05d
                    rule: What rule %d wants to say
                    where: %s.%s
                %s    if: { %s }
                    show: offer-%d
                    priority: %s
                """.formatted(
                        number,
                        number,
                        touchpoint,
                        PLACEMENTS.get(random.nextInt(PLACEMENTS.size())),
                        rules > 100 ? "    stage: " + STAGES.get(random.nextInt(STAGES.size())) + "\n" : "",
                        String.join(", ", conditions),
                        1 + random.nextInt(OFFERS - 1),
                        PRIORITIES.get(random.nextInt(PRIORITIES.size())));
    }

    /** Fills up to 4, 5 or 6 conditions, touchpoint and stage counted. */
    private void addFigures(List<String> conditions) {
        int words = conditions.size() + (rules > 100 ? 2 : 1);
        int first = random.nextInt(FIGURES);
        int hardest = rules <= 100 ? 40 : 400;
        for (int figure = 0; figure < 4 + random.nextInt(3) - words; figure++) {
            conditions.add("figure %d: at least %d".formatted((first + figure) % FIGURES, random.nextInt(hardest)));
        }
    }

    private static final String PACK = """
            pack: bench
            zone: Europe/Rome
            currency: EUR
            consent: { personalization_storage: granted }
            languages: [it, en]
            journey: shop
            """;

    private static final String FACTS = """
            facts:
              productViews: { label: product views in a day, type: whole, count: Product Viewed, within: 24 hours }
              favouriteCategory: { label: favourite category, type: word, mostFrequent: Product Viewed, property: category, within: 30 days }
              lastCategory: { label: last category seen, type: word, last: Product Viewed, property: category }
              categoriesSeen: { label: categories seen in a month, type: whole, distinct: Product Viewed, property: category, within: 30 days }
              searches: { label: searches in a week, type: whole, count: Products Searched, within: 7 days }
              sinceLastVisit: { label: time since last visit, type: number, unit: hours, since: any event }
              cartValue: { label: basket value, type: money, from: cart.value }
              cartItems: { label: products in the basket, type: whole, from: cart.items }
              basketGap: { label: basket gap, type: money, upTo: 80, of: cartValue }
              ordersEver: { label: orders ever, type: whole, distinct: Order Completed, property: order_id }
              orderTotalEver: { label: total spent ever, type: money, sum: Order Completed, property: total }
              sinceOrder: { label: days since last order, type: number, unit: days, since: Order Completed }
              nps: { label: last NPS answer, type: whole, range: 0 to 10, last: Survey Answered, property: score, where: { kind: nps } }
              country: { label: home country, type: word, trait: address.country }
              loyaltyCard: { label: has a loyalty card, type: yesno, trait: loyaltyCard }
              timeInStage: { label: hours in this stage, type: number, unit: hours, from: time in stage }
              localHour: { label: hour of the day, type: whole, range: 0 to 23, from: local hour }
              weekday: { label: day of the week, type: word, from: weekday }
              language: { label: visitor language, type: word, from: context.language }
            """;

    private static final String JOURNEY = """
            journey: shop
            start: awareness
            stages: { awareness: {}, consideration: {}, intention: {}, purchase: {}, loyalty: {}, advocacy: {} }
            moves:
              - { id: interested, on: Product Viewed, from: awareness, if: { product views in a day: at least 3 }, to: consideration }
              - { id: wants, on: Product Added, to: intention }
              - { id: loyal, on: Order Completed, if: { orders ever: at least 2 }, to: loyalty, priority: high }
              - { id: buys, on: Order Completed, to: purchase }
              - { id: recommends, on: Survey Answered, from: loyalty, if: { last NPS answer: at least 9 }, to: advocacy }
            """;

    private static final String PERSONAS = """
            personas:
              fan: { if: { orders ever: at least 3, last NPS answer: at least 9 } }
              explorer: { if: { categories seen in a month: at least 4, orders ever: 0 } }
              night-owl: { if: { any of: [ { hour of the day: at least 22 }, { hour of the day: at most 4 } ] } }
            """;

    private static final String POLICY = """
            not more often than:
              - { offer: offer-1, times: 3, per: 1 day }
              - { offer: offer-2, times: 1, per: calendar month }
              - { group: group-1, times: 2, per: 7 days }
              - { group: group-2, times: 5, per: 7 days }
              - { channel: site, times: 50, per: 1 day }
            """;
}
