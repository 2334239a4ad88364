package io.tappa.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.offer.ProductLists;
import io.tappa.engine.offer.ProductLists.Kind;
import io.tappa.engine.pack.ListsAsked;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.PlainRuleSet;
import io.tappa.engine.touchpoint.ContentField;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.visitor.VisitorState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists of products: the first of each that stand nowhere else on the page, or the next best offer. */
class ProductListsTest {
    private static final long NOW = 1_775_000_000_000L;
    private static final PackSnapshot PACK = pack("""
            rules:
              - { id: viewed, where: home.top, show: viewed, priority: high }
              - { id: together, where: home.top, show: together }
              - { id: best, where: home.side, show: best }
              - { id: both, where: home.pair, show: both }
              - { id: many, where: home.many, show: best }
              - { id: hello, where: home, show: hello, priority: low }
            """);

    private static PackSnapshot pack(String rules) {
        var files = new TreeMap<String, String>(Map.of(
                "pack.yaml",
                "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [en, it], journey: shop }",
                "journeys/shop.yaml",
                "{ journey: shop, start: one, stages: { one: {} } }",
                "touchpoints.yaml",
                """
                touchpoints:
                  home:
                    channel: site
                    placements:
                      top:  { content: { title: { type: text }, items: { type: products, fewest: 2 } } }
                      side: { content: { title: { type: text }, items: { type: products, most: 3 } }, fallback: again }
                      pair: { content: { left: { type: products, most: 2 }, right: { type: products, most: 2 } } }
                      many: { count: 3, content: { items: { type: products, most: 2 } } }
                  mail: { channel: email, placements: { body: { content: { items: { type: products } } } } }
                """,
                "offers.yaml",
                """
                offers:
                  viewed:   { content: { site: { en: { title: V, items: last viewed } } } }
                  together: { content: { site: { en: { title: T, items: bought together } } } }
                  best:     { content: { site: { en: { title: B, items: bestsellers } } } }
                  again:    { content: { site: { en: { title: A, items: bestsellers } } } }
                  both:     { content: { site: { en: { left: bestsellers, right: basket } } } }
                  hello:    { content: { site: { en: { title: H } } } }
                """,
                "decisions/rules.yaml",
                rules));
        var result = PackReader.read(new PackFiles(files), PlainRuleSet::new);
        return Objects.requireNonNull(result.snapshot(), () -> result.problems().toString());
    }

    private static Inputs inputs(ProductLists lists, String... placements) {
        var touchpoint = Objects.requireNonNull(PACK.touchpoints().find("home"));
        var asked = Stream.of(placements)
                .map(name -> Objects.requireNonNull(touchpoint.placement(name)))
                .toList();
        var request = new DecisionRequest(touchpoint, asked, new TreeMap<>(), NOW);
        return Inputs.of(request, PACK.factsFor(VisitorState.UNSEEN, NOW, "home", new TreeMap<>()))
                .with(lists);
    }

    private static List<PlacementDecision> decide(ProductLists lists, String... placements) {
        return Decider.decide(PACK, inputs(lists, placements)).placements();
    }

    private static ProductLists lists(Kind kind, String... products) {
        return and(ProductLists.NONE, kind, products);
    }

    private static ProductLists and(ProductLists lists, Kind kind, String... products) {
        var all = new TreeMap<>(lists.byKind());
        all.put(kind, List.of(products));
        return new ProductLists(all);
    }

    private static List<String> items(PlacementDecision decided) {
        return items(decided, "items");
    }

    private static List<String> items(PlacementDecision decided, String field) {
        return decided.choices().get(0).products().getOrDefault(field, List.of());
    }

    @Test
    void theFirstOfTheListAreShownAsManyAsThereIsRoomFor() {
        var decided =
                decide(lists(Kind.BESTSELLERS, "a", "b", "c", "d"), "side").get(0);

        assertThat(decided.offer()).isEqualTo("best");
        assertThat(decided.content()).containsExactly(Map.entry("title", "B"));
        assertThat(items(decided)).containsExactly("a", "b", "c");
    }

    @Test
    void noProductStandsTwiceOnAPage() {
        var lists =
                and(lists(Kind.LAST_VIEWED, "a", "b", "x", "y", "z"), Kind.BESTSELLERS, "b", "c", "a", "d", "e", "f");

        var decided = decide(lists, "top", "side");
        var otherWay = decide(lists, "side", "top");

        assertThat(items(decided.get(0))).containsExactly("a", "b", "x", "y");
        assertThat(items(decided.get(1))).containsExactly("c", "d", "e");
        assertThat(items(otherWay.get(0))).containsExactly("b", "c", "a");
        assertThat(items(otherWay.get(1))).containsExactly("x", "y", "z");
    }

    @Test
    void noProductStandsTwiceInTwoListsOfOneOffer() {
        var lists = and(lists(Kind.BESTSELLERS, "a", "b", "c"), Kind.BASKET, "b", "c", "c", "d");

        var decided = decide(lists, "pair").get(0);

        assertThat(items(decided, "left")).containsExactly("a", "b");
        assertThat(items(decided, "right")).containsExactly("c", "d");
    }

    @Test
    void anOfferWithTooFewProductsLosesToTheNextBest() {
        var lists = and(lists(Kind.LAST_VIEWED, "a"), Kind.BOUGHT_TOGETHER, "a", "b");

        var decided = decide(lists, "top").get(0);

        assertThat(decided.offer()).isEqualTo("together");
        assertThat(items(decided)).containsExactly("a", "b");
        var lost = decided.judged().stream()
                .filter(judged -> judged.candidate().offer().key().equals("viewed"))
                .map(Judged::verdict)
                .toList();
        assertThat(lost).containsExactly(new Verdict.NoProducts("last viewed", 1, 2));
        assertThat(lost.get(0).code()).isEqualTo("content");
        assertThat(lost.get(0).changes()).isEmpty();
    }

    @Test
    void itSaysWhichListHasNoProducts() {
        var facts = inputs(ProductLists.NONE, "top").facts();
        var few = new Verdict.NoProducts("last viewed", 1, 2);
        var none = new Verdict.NoProducts("bestsellers", 0, 1);
        var english = Sentences.of(PACK.settings());
        var italian = Sentences.of(PACK.settings(), LanguageRange.parse("it"));

        assertThat(english.because(few, facts))
                .isEqualTo("too few products for the list last viewed: 1, and it needs 2");
        assertThat(english.because(none, facts)).isEqualTo("no products for the list bestsellers");
        assertThat(italian.because(few, facts))
                .isEqualTo("troppo pochi prodotti per la lista last viewed: 1, e ne servono 2");
        assertThat(italian.because(none, facts)).isEqualTo("nessun prodotto per la lista bestsellers");
    }

    @Test
    void aFallbackNeedsItsProductsToo() {
        var taken = and(lists(Kind.LAST_VIEWED, "a", "b"), Kind.BESTSELLERS, "a", "b");

        assertThat(decide(taken, "top", "side").get(1).offer()).isEqualTo("hello");
        var degraded = Decider.fallback(PACK, inputs(ProductLists.NONE, "side"), "out-of-time");
        assertThat(degraded.placements().get(0).choices()).isEmpty();
        var fallback = Decider.fallback(PACK, inputs(taken, "side"), "out-of-time");
        assertThat(items(fallback.placements().get(0))).containsExactly("a", "b");
    }

    @Test
    void theProductsArePartOfTheDigestAndOthersAreNot() {
        var some = Decider.decide(PACK, inputs(lists(Kind.BESTSELLERS, "a", "b"), "side"));
        var others = Decider.decide(PACK, inputs(lists(Kind.BESTSELLERS, "b", "a"), "side"));
        var more = Decider.decide(PACK, inputs(and(lists(Kind.BESTSELLERS, "a", "b"), Kind.BASKET, "x"), "side"));

        assertThat(some.digest()).isNotEqualTo(others.digest()).isEqualTo(more.digest());
    }

    @Test
    void imaginedListsAreEnoughForAnyPage() {
        var decided = decide(ProductLists.IMAGINED, "top", "side", "pair", "many");

        assertThat(decided).extracting(PlacementDecision::offer).containsExactly("viewed", "best", "both", "hello");
        assertThat(decided.subList(0, 3).stream()
                        .flatMap(one -> one.choices().get(0).products().values().stream())
                        .flatMap(List::stream))
                .doesNotHaveDuplicates();
    }

    @Test
    void aPageAsksForWhatMayBeShownThereAndNoMore() {
        var asked = ListsAsked.of(PACK);
        var home = Objects.requireNonNull(PACK.touchpoints().find("home"));
        var mail = Objects.requireNonNull(PACK.touchpoints().find("mail"));

        assertThat(asked.onPage(placements(home.placements(), "side")))
                .isEqualTo(new ListsAsked.OnPage(EnumSet.of(Kind.BESTSELLERS), 3));
        assertThat(asked.onPage(placements(home.placements(), "top", "side")))
                .isEqualTo(
                        new ListsAsked.OnPage(EnumSet.of(Kind.BESTSELLERS, Kind.LAST_VIEWED, Kind.BOUGHT_TOGETHER), 7));
        assertThat(asked.onPage(placements(home.placements(), "many")).most()).isEqualTo(6);
        assertThat(asked.onPage(mail.placements()).kinds()).isEmpty();
        assertThat(asked.onPageOfAnything(mail.placements()))
                .isEqualTo(new ListsAsked.OnPage(EnumSet.allOf(Kind.class), 4));
        assertThat(asked.kinds()).containsExactlyInAnyOrder(Kind.values());
    }

    private static List<Placement> placements(List<Placement> all, String... names) {
        return Stream.of(names)
                .map(name -> all.stream()
                        .filter(one -> one.key().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /** However lists overlap: nothing twice, never too many, never too few, and always the first that are free. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aPageHoldsEachProductOnceAndNoListIsTooShort(int seed) {
        var random = new Random(seed);
        var lists = new TreeMap<Kind, List<String>>();
        for (var kind : Kind.values()) {
            var products = new ArrayList<String>();
            for (int i = random.nextInt(8); i > 0; i--) {
                products.add("p" + random.nextInt(9));
            }
            lists.put(kind, products);
        }
        var names = new ArrayList<>(List.of("top", "side", "pair", "many"));
        Collections.shuffle(names, random);

        var decided = decide(new ProductLists(lists), names.toArray(String[]::new));

        var onPage = new HashSet<String>();
        var home = Objects.requireNonNull(PACK.touchpoints().find("home"));
        for (var placement : decided) {
            var fields = Objects.requireNonNull(home.placement(placement.placement()))
                    .fields();
            for (var choice : placement.choices()) {
                for (var field : fields) {
                    check(choice, field, lists, onPage);
                }
            }
        }
    }

    private static void check(Choice choice, ContentField field, Map<Kind, List<String>> lists, Set<String> onPage) {
        var shown = choice.products().get(field.name());
        if (shown == null) {
            return;
        }
        var offer = Objects.requireNonNull(PACK.offers().find(choice.offer()));
        var template =
                Objects.requireNonNull(offer.content().get("site").get("en").get(field.name()));
        var kind = Objects.requireNonNull(Kind.of(Objects.requireNonNull(template.plain())));
        var free = lists.getOrDefault(kind, List.of()).stream()
                .distinct()
                .filter(product -> !onPage.contains(product))
                .limit(field.most())
                .toList();
        assertThat(shown).isEqualTo(free).hasSizeGreaterThanOrEqualTo(field.fewest());
        onPage.addAll(shown);
    }
}
