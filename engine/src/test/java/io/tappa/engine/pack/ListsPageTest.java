package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.offer.ProductLists;
import io.tappa.engine.offer.ProductLists.Kind;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.rule.PlainRuleSet;
import io.tappa.engine.visitor.VisitorState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The lists of products of docs/marketers.md are a pack that does what the page says. */
class ListsPageTest {
    private static final Pattern SECTION = Pattern.compile("\n### Lists of products\n((?:(?!\n###? )[\\s\\S])*)");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\\n# (\\S+\\.yaml)\\n(.*?)```", Pattern.DOTALL);

    private static PackSnapshot pack() throws IOException {
        var files = new TreeMap<String, String>(Map.of(
                "pack.yaml",
                "{ pack: page, zone: Europe/Rome, currency: EUR, languages: [en], journey: shop }",
                "journeys/shop.yaml",
                "{ journey: shop, start: one, stages: { one: {} } }"));
        var section = SECTION.matcher(Files.readString(Path.of("..", "docs", "marketers.md")));
        assertThat(section.find()).isTrue();
        EXAMPLE.matcher(section.group(1)).results().forEach(example -> files.put(example.group(1), example.group(2)));
        var result = PackReader.read(new PackFiles(files), PlainRuleSet::new);
        assertThat(result.problems().stream().map(Problem::inWords)).isEmpty();
        for (var list : Kind.keys()) {
            assertThat(section.group(1)).contains("`" + list + "`");
        }
        return Objects.requireNonNull(result.snapshot());
    }

    private static String offer(PackSnapshot pack, Map<Kind, List<String>> lists) {
        var product = Objects.requireNonNull(pack.touchpoints().find("product"));
        var request = new DecisionRequest(product, product.placements(), new TreeMap<>(), 0);
        var facts = pack.factsFor(VisitorState.UNSEEN, 0, "product", new TreeMap<>());
        var inputs = Inputs.of(request, facts).with(new ProductLists(new TreeMap<>(lists)));
        return Objects.requireNonNull(
                Decider.decide(pack, inputs).placements().get(0).offer());
    }

    @Test
    void whoHasNeitherABasketNorAHistorySeesTheFavourites() throws IOException {
        var pack = pack();
        var many = List.of("a", "b", "c", "d");
        var few = List.of("a", "b");

        assertThat(offer(pack, Map.of(Kind.BESTSELLERS, many))).isEqualTo("favourites");
        assertThat(offer(pack, Map.of(Kind.BESTSELLERS, many, Kind.LAST_VIEWED, few, Kind.BOUGHT_TOGETHER, few)))
                .isEqualTo("favourites");
        assertThat(offer(pack, Map.of(Kind.BESTSELLERS, many, Kind.LAST_VIEWED, many)))
                .isEqualTo("seen-before");
        assertThat(offer(pack, Map.of(Kind.LAST_VIEWED, many, Kind.BOUGHT_TOGETHER, many)))
                .isEqualTo("goes-with-it");
    }
}
