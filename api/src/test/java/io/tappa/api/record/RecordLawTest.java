package io.tappa.api.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.body.Body;
import io.tappa.engine.contact.Contact;
import io.tappa.engine.contact.ContactHistory;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Explanation;
import io.tappa.engine.decision.Grants;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.Permissions;
import io.tappa.engine.decision.Sentences;
import io.tappa.engine.decision.Surroundings;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.fact.Source;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.offer.ProductLists;
import io.tappa.engine.pack.Lots;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.visitor.Memory;
import io.tappa.engine.visitor.VisitorState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written down of a decision is enough to make it again, with all reasons. */
class RecordLawTest {
    private static final int SEEDS = 40;
    private static final int VISITS = 50;
    private static final long NOW = Instant.parse("2026-03-29T00:30:00Z").toEpochMilli();
    private static final VisitorKey PLACE = VisitorKey.of(new Identity(IdKind.ANONYMOUS, "a-1"));

    private static final PackSnapshot SHOP = read(shop());
    private static final PackSnapshot LAB = read(lab());

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatWasWrittenDownDecidesTheSameForTheSameReasons(int seed) {
        var random = new Random(seed);
        for (int visit = 0; visit < VISITS; visit++) {
            var pack = random.nextInt(3) == 0 ? SHOP : LAB;
            var inputs = inputs(random, pack);
            var decision = Decider.decide(pack, inputs);
            var line = new RecordWriter()
                    .of(pack, DecisionIds.next(inputs.request().atMillis()), inputs, "", decision);

            var recorded = new Recorded(PLACE, Body.parsed(line.text()));
            var again = new RecordReader(pack).inputs(recorded, inputs.around());
            var remade = Decider.decide(pack, again);

            assertThat(remade.digest()).as(line.text()).isEqualTo(recorded.digest());
            assertThat(reasons(pack, again, remade)).as(line.text()).isEqualTo(reasons(pack, inputs, decision));
            assertThat(again.request()).isEqualTo(inputs.request());
            assertThat(again.products()).isEqualTo(inputs.products());
        }
    }

    @Test
    void whoShowsNoListsWritesNothingOfThem() {
        var inputs = inputs(new Random(1), LAB);
        var without = inputs.with(ProductLists.NONE);
        var nothingFound = inputs.with(new ProductLists(new TreeMap<>(Map.of(ProductLists.Kind.BASKET, List.of()))));

        assertThat(line(without)).doesNotContain("\"l\":");
        assertThat(line(nothingFound)).contains("\"l\":{\"basket\":[]}");
    }

    private static String line(Inputs inputs) {
        var id = DecisionIds.next(inputs.request().atMillis());
        return new RecordWriter()
                .of(LAB, id, inputs, "", Decider.decide(LAB, inputs))
                .text();
    }

    @Test
    void everyWayToLoseOccursAmongThem() {
        var codes = new TreeSet<String>();
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            for (int visit = 0; visit < VISITS; visit++) {
                Decider.decide(LAB, inputs(random, LAB)).placements().stream()
                        .flatMap(decided -> decided.judged().stream())
                        .forEach(judged -> codes.add(judged.verdict().code()));
            }
        }

        assertThat(codes)
                .containsExactly(
                        "already-on-page",
                        "budget",
                        "campaign-dates",
                        "cap",
                        "chosen",
                        "codes",
                        "consent:denied",
                        "consent:missing",
                        "consent:pending",
                        "content",
                        "exclusion",
                        "experiment",
                        "held-out",
                        "hours",
                        "kept",
                        "never-show",
                        "outranked",
                        "pressure",
                        "quiet-hours",
                        "rule-dates",
                        "segment");
    }

    private static List<String> reasons(PackSnapshot pack, Inputs inputs, Decision decision) {
        var sentences = Sentences.of(pack.settings());
        var reasons = new ArrayList<String>();
        for (var decided : decision.placements()) {
            decided.judged()
                    .forEach(judged -> reasons.add("%s %s %s %s"
                            .formatted(
                                    decided.placement(),
                                    judged.candidate().rule().id(),
                                    judged.verdict().changes(),
                                    sentences.because(judged.verdict(), inputs.facts()))));
            var placement = Objects.requireNonNull(inputs.request().touchpoint().placement(decided.placement()));
            Explanation.missed(pack, inputs.facts(), placement)
                    .forEach(judged -> reasons.add(sentences.because(judged.verdict(), inputs.facts())));
        }
        return reasons;
    }

    private static Inputs inputs(Random random, PackSnapshot pack) {
        var touchpoints = List.copyOf(pack.touchpoints().all());
        var touchpoint = touchpoints.get(random.nextInt(touchpoints.size()));
        long at = NOW + random.nextInt(86_400_000);
        var context = new TreeMap<String, String>();
        if (random.nextBoolean()) {
            context.put("language", List.of("it", "en", "de").get(random.nextInt(3)));
        }
        if (random.nextBoolean()) {
            context.put(
                    "timezone",
                    List.of("America/New_York", "Asia/Kolkata", "Europe/Rome").get(random.nextInt(3)));
        }
        var request = new DecisionRequest(touchpoint, touchpoint.placements(), context, at);
        var stages = new TreeMap<String, Circumstances.InStage>();
        for (var journey : pack.journeys()) {
            var keys = journey.stageKeys();
            var stage = keys.get(random.nextInt(keys.size()));
            stages.put(
                    journey.key(),
                    new Circumstances.InStage(stage, at - random.nextInt(100_000), new TreeSet<>(List.of(stage))));
        }
        var around = new Circumstances(at, null, touchpoint.key(), context, stages, ProductNews.NONE);
        var facts = pack.personas().recognise(pack.facts().assume(assumed(random, pack), around));
        return new Inputs(
                request,
                facts,
                memory(random, pack, at),
                consents(random),
                lots(random, pack),
                Surroundings.NONE,
                grants(random),
                products(random));
    }

    private static ProductLists products(Random random) {
        var lists = new TreeMap<ProductLists.Kind, List<String>>();
        for (var kind : ProductLists.Kind.values()) {
            if (random.nextBoolean()) {
                lists.put(
                        kind,
                        random.ints(random.nextInt(6), 0, 9)
                                .mapToObj(product -> "p, \"[" + product + "]\\è")
                                .toList());
            }
        }
        return new ProductLists(lists);
    }

    private static Grants grants(Random random) {
        var grants = Grants.NONE;
        if (random.nextInt(3) == 0) {
            grants = grants.without("budget:rush", new Grants.Spent(1_200, random.nextInt(50), 1_250));
        }
        return random.nextInt(3) == 0
                ? grants.without("codes:first", new Grants.Spent(2, 0, random.nextInt(3)))
                : grants.with("first", "F-" + random.nextInt(3));
    }

    private static SortedMap<String, String> assumed(Random random, PackSnapshot pack) {
        var assumed = new TreeMap<String, String>();
        for (var fact : pack.facts().facts()) {
            if (random.nextInt(3) == 0 || !(fact.source() instanceof Source.Gathered)) {
                continue;
            }
            switch (fact.type()) {
                case WHOLE -> assumed.put(fact.id(), Integer.toString(random.nextInt(12)));
                case MONEY, NUMBER -> assumed.put(fact.id(), random.nextInt(120) + "." + random.nextInt(9));
                case YESNO -> assumed.put(fact.id(), random.nextBoolean() ? "yes" : "no");
                case DATE -> assumed.put(fact.id(), "2026-03-%02d".formatted(1 + random.nextInt(28)));
                default ->
                    assumed.put(
                            fact.id(),
                            List.of("IT", "DE", "<b>|\"x\\", "shoes", "è").get(random.nextInt(5)));
            }
        }
        return assumed;
    }

    private static Memory memory(Random random, PackSnapshot pack, long at) {
        var contacts = ContactHistory.EMPTY;
        var offers = List.copyOf(pack.offers().all());
        for (int shown = random.nextInt(6); shown > 0; shown--) {
            var offer = offers.get(random.nextInt(offers.size()));
            var channel = List.of("site", "email").get(random.nextInt(2));
            var moment = Instant.ofEpochMilli(at - random.nextInt(8 * 86_400_000));
            contacts = pack.policy().count(new Contact(offer, channel, null), contacts, moment);
        }
        var memory = Memory.NONE.with(contacts);
        if (random.nextBoolean()) {
            var offer = offers.get(random.nextInt(offers.size())).key();
            memory = memory.keeping("home.hero", new Memory.Kept(List.of(offer), at + random.nextInt(1_000_000)), at);
        }
        return memory;
    }

    private static Lots lots(Random random, PackSnapshot pack) {
        var unit = VisitorKey.of(new Identity(IdKind.ANONYMOUS, "a-" + random.nextInt(1_000)));
        return pack.look(VisitorState.UNSEEN, unit.text(), NOW, "home", new TreeMap<>(), ProductNews.NONE)
                .lots();
    }

    private static Permissions consents(Random random) {
        var said = new TreeMap<String, Status>();
        for (var name : List.of("email", "ad_personalization", "ad_personalization for email")) {
            if (random.nextBoolean()) {
                said.put(
                        name,
                        List.of(Status.GRANTED, Status.PENDING, Status.DENIED).get(random.nextInt(3)));
            }
        }
        return new Permissions(said);
    }

    private static PackSnapshot read(PackFiles files) {
        var result = PackReader.read(files);
        return Objects.requireNonNull(result.snapshot(), () -> result.problems().toString());
    }

    private static PackFiles shop() {
        try {
            return PackFiles.inFolder(Path.of("..", "rules", "shop"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Everything there is, in one small pack. */
    private static PackFiles lab() {
        var files = new TreeMap<String, String>();
        files.put("journeys/shop.yaml", "{ journey: shop, start: one, stages: { one: {}, two: {} } }");
        files.put("campaigns/rush.yaml", "{ campaign: rush, offers: [ r ], budget: 12.50 EUR }");
        files.put("codes/first.csv", "F-1\nF-2");
        files.putAll(Map.of(
                "pack.yaml",
                "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [it, en], journey: shop }",
                "facts.yaml",
                """
                facts:
                  views:   { type: whole, count: Product Viewed }
                  basket:  { type: money, from: cart.value }
                  gap:     { type: money, upTo: 80, of: basket }
                  since:   { type: number, unit: hours, since: any event }
                  joined:  { type: date, trait: joined }
                  country: { type: word, trait: country }
                  name:    { type: text, trait: firstName }
                  unasked: { type: text, trait: secret }
                  hour:    { type: whole, from: local hour }
                """,
                "segments.yaml",
                "segments: { italians: { if: { country: IT } }, rich: { if: { basket: at least 50 } } }",
                "touchpoints.yaml",
                """
                touchpoints:
                  home:
                    channel: site
                    placements:
                      hero: { keep: visit, content: { title: { type: text, required: yes } }, fallback: plain }
                      list: { count: 3, content: { title: { type: text, required: yes } } }
                      goods: { content: { items: { type: products, fewest: 2 } } }
                      more: { content: { items: { type: products, most: 3 } } }
                  letter:
                    channel: email
                    placements: { body: { content: { title: { type: text } }, fallback: plain } }
                """,
                "offers.yaml",
                """
                offers:
                  plain:  { content: { site: { it: { title: Ciao } }, email: { it: { title: Ciao } } } }
                  gap:    { value: 5.00, content: { site: { it: { title: "Ancora {gap} €" }, en: { title: "{gap} € to go, {name}" } } } }
                  rich:   { value: 7.00, for: rich, group: g, content: { site: { it: { title: "{joined}" } }, email: { it: { title: R } } } }
                  mail:   { value: 3.00, purpose: ad_personalization, group: g, content: { email: { it: { title: M } }, site: { it: { title: M } } } }
                  order:  { value: 1.00, class: transactional, content: { email: { it: { title: O } }, site: { it: { title: O } } } }
                  s:      { value: 2.00, content: { site: { it: { title: S } } } }
                  r:      { value: 2.00, cost: 0.25, content: { site: { it: { title: R } } } }
                  code:   { value: 2.00, codes: codes/first.csv, content: { site: { it: { title: "{code} per {name}" }, en: { title: "{code}" } } } }
                  goods:  { content: { site: { it: { items: bestsellers } } } }
                  other:  { content: { site: { it: { items: last viewed }, en: { items: basket } } } }
                  must:   { value: 1.00, class: mandatory, content: { email: { it: { title: O } }, site: { it: { title: O } } } }
                """,
                "contact-policy.yaml",
                """
                not more often than:
                  - { offer: gap, times: 2, per: 3 days }
                  - { channel: email, times: 2, per: calendar week }
                  - { group: g, times: 3, per: calendar day }
                  - { times: 4, per: 2 days }
                  - { campaign: spring, times: 1, per: 2 days }
                hold back: { share: 5 %, shows: fallback }
                only one of: [ { group: g, per: 5 days } ]
                quiet hours: { channels: [email], from: "21:00", to: "08:00" }
                pressure: { budget: 4, per: 7 days, costs: { email: 1.5, site: 0.5 } }
                """,
                "campaigns/spring.yaml",
                """
                campaign: spring
                from: 2026-03-29 04:00
                until: 2026-03-30
                for: italians
                hours: 06:00 to 23:00
                offers: [ s ]
                hold back: { share: 30 %, shows: next best }
                """,
                "experiments.yaml",
                """
                layers: [ l ]
                experiments:
                  x: { layer: l, share: 80 %, where: home.list, variants: { a: 50 %, b: 50 % }, shows: { b: plain } }
                """,
                "decisions/rules.yaml",
                """
                rules:
                  - { id: a, where: home, show: gap, stage: one, if: { views: at least 3 } }
                  - { id: b, show: rich, priority: high, until: 2026-03-29 }
                  - { id: c, show: mail, if: { segment: italians or rich } }
                  - { id: d, show: order, if: { since: less than 40 } }
                  - { id: e, show: must, if: { joined: in the last 20 days, hour: less than 12 } }
                  - { id: f, never show: g, if: { country: DE, gap: more than 20 } }
                  - { id: s, where: home, show: s, weight: 300 % }
                  - { id: r, where: home, show: r, priority: high }
                  - { id: l, where: home.goods, show: goods, priority: high }
                  - { id: m, where: [ home.goods, home.more ], show: other, priority: high }
                  - { id: v, where: home, show: code, priority: high, if: { views: at least 2 } }
                """));
        return new PackFiles(files);
    }
}
