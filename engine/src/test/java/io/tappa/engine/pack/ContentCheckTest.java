package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chains of channels, and addresses, as their author hears of them. */
class ContentCheckTest {
    private static List<Problem> problems(String channels, String link) {
        var files = Map.of(
                "pack.yaml", """
                pack: lab
                zone: Europe/Rome
                currency: EUR
                languages: [it]
                journey: shop
                channels: %s
                """.formatted(channels),
                "facts.yaml", "facts: { name: { label: first name, type: text, from: context.name } }",
                "touchpoints.yaml", """
                touchpoints:
                  app:   { channel: app, placements: { slot: { content: { title: { required: yes }, link: { type: url } } } } }
                  kiosk: { channel: kiosk }
                  till:  { channel: pos }
                """,
                "offers.yaml", """
                offers:
                  hello: { content: { site: { it: { title: Ciao, link: "%s" } }, print: { it: { text: Ciao } } } }
                """.formatted(link),
                "journeys/shop.yaml", "{ journey: shop, start: one, stages: { one: {} } }",
                "decisions/rules.yaml", "rules: [ { id: a, where: app, show: hello } ]");
        return PackReader.read(new PackFiles(new TreeMap<>(files))).problems();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    { app: [ site ] }
                    { app: site }
                    { app: [ pos, site ] }
                    { app: [ site ], kiosk: [ pos, app, site, print ] }
                    """)
    void contentIsFoundAlongTheChain(String channels) {
        assertThat(problems(channels, "/x")).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} at {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    {}                              | missing-content | decisions/rules.yaml | says nothing for the channel app, but
                    { app: [ pos ] }                | missing-content | decisions/rules.yaml | says nothing for the channel app or pos, but
                    { kiosk: [ site ] }             | missing-content | decisions/rules.yaml | says nothing for the channel app, but
                    { app: [ print, site ] }        | missing-content | decisions/rules.yaml | has no title in it
                    { app: [ sit, site ] }          | unknown-channel | pack.yaml, line 6    | There is no channel "sit"
                    { ap: [ site ], app: [ site ] } | unknown-channel | pack.yaml, line 6    | There is no channel "ap"
                    { app: [ app, site ] }          | own-channel     | pack.yaml, line 6    | stands in its own chain
                    { app: [ site, site ] }         | duplicate-name  | pack.yaml, line 6    | written twice in the chain of app
                    { app: [ site, [ pos ] ] }      | wrong-shape     | pack.yaml, line 6    | name of a channel
                    { app: [ site, "" ] }           | wrong-shape     | pack.yaml, line 6    | name of a channel
                    """)
    void oneMistakeOfAChainGivesOneMessage(String channels, String code, String place, String what) {
        var problem = problems(channels, "/x");

        assertThat(problem).hasSize(1);
        assertThat(problem.get(0).code()).isEqualTo(code);
        assertThat(problem.get(0).place().inWords()).startsWith(place);
        assertThat(problem.get(0).what()).contains(what);
        assertThat(problem.get(0).cure()).isNotEmpty();
    }

    @Test
    void aMisspeltChannelIsGuessed() {
        assertThat(problems("{ app: [ sit, site ] }", "/x").get(0).cure())
                .isEqualTo("Did you mean \"site\"? The channels are: app, kiosk, pos, print, site.");
    }

    @Test
    void aChainThatIsNoMapIsSaidSo() {
        assertThat(problems("[ app, site ]", "/x"))
                .extracting(Problem::code)
                .containsExactly("wrong-shape", "missing-content");
    }

    @Test
    void aChainHasAtMostFiveChannels() {
        assertThat(problems("{ app: [ site, a, b, c, d ] }", "/x"))
                .extracting(Problem::code)
                .doesNotContain("too-many-channels");
        assertThat(problems("{ app: [ site, a, b, c, d, e ] }", "/x"))
                .extracting(Problem::what)
                .contains("The chain of app has 6 channels; 5 are possible.");
    }

    private static List<Problem> ofList(String field, String word) {
        var files = new TreeMap<String, String>(Map.of(
                "pack.yaml",
                "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [it], journey: shop }",
                "facts.yaml",
                "facts: { name: { label: first name, type: text, from: context.name } }",
                "touchpoints.yaml",
                "touchpoints: { app: { channel: app, placements: { slot: { content: { items: %s } } } } }"
                        .formatted(field),
                "offers.yaml",
                "offers: { hello: { content: { app: { it: { items: \"%s\" } } } } }".formatted(word),
                "journeys/shop.yaml",
                "{ journey: shop, start: one, stages: { one: {} } }",
                "decisions/rules.yaml",
                "rules: [ { id: a, where: app, show: hello } ]"));
        return PackReader.read(new PackFiles(files)).problems();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"last viewed", "basket", "bestsellers", "bought together"})
    void aListOfProductsIsOneOfFour(String word) {
        assertThat(ofList("{ type: products }", word)).isEmpty();
        assertThat(ofList("{ type: products, required: yes, most: 12, fewest: 12 }", word))
                .isEmpty();
        assertThat(ofList("{ type: text }", word)).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            { type: products }                       | bestseller           | unknown-list  | There is no list of products "bestseller" | Did you mean "bestsellers"?
            { type: products }                       | Basket               | unknown-list  | There is no list of products "Basket" | Did you mean "basket"?
            { type: products }                       | basket {first name}  | unknown-list  | no fact may stand in it | Write one of: last viewed, basket,
            { type: products, most: 13 }             | basket               | wrong-type    | |
            { type: products, most: 0 }              | basket               | wrong-type    | |
            { type: products, most: 2, fewest: 3 }   | basket               | impossible    | needs 3 products, but has room for 2 | lower fewest
            { type: products, longest: 20 }          | basket               | unknown-key   | | The
            { type: text, most: 3 }                  | basket               | unknown-key   | |
            """)
    void aMistakeOfAListIsToldOnce(String field, String word, String code, String what, String cure) {
        var problems = ofList(field, word);

        assertThat(problems).extracting(Problem::code).containsExactly(code);
        assertThat(problems.get(0).what()).contains(what == null ? "" : what);
        assertThat(problems.get(0).cure()).contains(cure == null ? "" : cure);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "/x, true",
        "https://shop.example, true",
        "/{first name}, true",
        "https://shop.example/?q={first name}, true",
        "www.shop.example, false",
        "//shop.example, false",
        "javascript:alert(1), false",
        "{first name}, false",
        "https://{first name}/x, false",
        "https://shop.example{first name}, false",
        "/a/../{first name}, false"
    })
    void anAddressMustSayWhereItLeadsBeforeTheFirstFact(String link, boolean fine) {
        var problems = problems("{ app: [ site ] }", link);

        if (fine) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).extracting(Problem::code).containsExactly("unsafe-address");
            assertThat(problems.get(0).what()).startsWith("The link of the offer \"hello\" in it ");
        }
    }
}
