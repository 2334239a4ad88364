package io.tappa.api.cli;

import static io.tappa.api.Decided.offer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.api.body.Body;
import io.tappa.api.record.RecordReader;
import io.tappa.api.record.Recorded;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.Surroundings;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A replay decides with what surrounded each decision and what was drawn for its visitor, as the service did. */
@Timeout(180)
class ReplayInSurroundingsTest {
    private static final int PEOPLE = 40;
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String RULES = """
            rules:
              - { id: hero, where: home.hero, show: plain }
              - { id: sale, where: home.side, show: sale }
              - { id: next, where: home.side, show: next, priority: low }
              - { id: dull, where: home.foot, show: dull }
              - { id: liked, where: home.foot, show: liked }
            """;

    @TempDir
    private static Path folders;

    private static Path data;
    private static Service service;

    /** What was shown, as {@code placement offer} and how often. */
    private static final TreeMap<String, Integer> SHOWN = new TreeMap<>();

    private static int decisions;

    @BeforeAll
    static void start() throws Exception {
        data = Service.temporaryFolder();
        var live = pack("live", RULES);
        try (var first = Service.startOn(data, "--tappa.pack-folder=" + live)) {
            everybodyLikes(first.client());
            visit(first.client(), "ordinary");
        }
        service = Service.startOn(data, "--tappa.pack-folder=" + live);
        Patience.until(
                "knows what is liked", SOON, () -> offer(home("asks"), "foot").equals("liked"));
        visit(service.client(), "liking");
        pause("offer:next");
        visit(service.client(), "pausing");
        pause("rule:hero");
        visit(service.client(), "pausing-more");
    }

    @AfterAll
    static void stop() {
        service.close();
        Service.delete(data);
    }

    /** With an experiment, a campaign that holds back, and two offers of which the one that is clicked more often wins. */
    private static Path pack(String name, String rules) throws IOException {
        var pack = folders.resolve(name);
        var files = new TreeMap<String, String>();
        files.put("pack.yaml", "{ pack: shop, zone: Europe/Rome, currency: EUR, languages: [en], journey: shop }");
        files.put("journeys/shop.yaml", "{ journey: shop, start: one, stages: { one: {}, two: {} } }");
        files.put("facts.yaml", "facts: { views: { type: whole, count: Product Viewed } }");
        files.put("touchpoints.yaml", """
                touchpoints:
                  home: { channel: site, placements: { hero: {}, side: {}, foot: {} } }
                """);
        files.put("offers.yaml", """
                offers:
                  plain: { content: { site: { en: { title: Plain } } } }
                  bold:  { content: { site: { en: { title: Bold } } } }
                  next:  { content: { site: { en: { title: Next } } } }
                  sale:  { value: 5.00, content: { site: { en: { title: Sale } } } }
                  dull:  { value: 1.10, content: { site: { en: { title: Dull } } } }
                  liked: { value: 1.00, content: { site: { en: { title: Liked } } } }
                """);
        files.put("decisions/rules.yaml", rules);
        files.put("campaigns/sale.yaml", """
                campaign: sale
                offers: [ sale ]
                hold back: { share: 50 %, shows: next best }
                """);
        files.put("experiments.yaml", """
                layers: [ hero ]
                experiments:
                  hero-text:
                    layer: hero
                    share: 100 %
                    where: home.hero
                    variants: { control: 50 %, bold: 50 % }
                    shows: { bold: bold }
                """);
        for (var file : files.entrySet()) {
            var path = pack.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return pack;
    }

    /** Those who see one offer click it, those who would see the other do not. */
    private static void everybodyLikes(Client client) {
        for (int i = 0; i < PEOPLE; i++) {
            var id = "likes-" + i;
            client.post("/v1/track", Events.track("m-" + id, id, null, "Product Viewed"));
            var answer = client.post("/v1/decisions", Events.question(id, null, "home"))
                    .json();
            decisions++;
            var decision = answer.path("decisionId").asText();
            for (var exposure : List.of(
                    exposure(id, decision, "dull", "viewed"),
                    exposure(id, decision, "liked", "viewed"),
                    exposure(id, decision, "liked", "clicked"))) {
                var told = client.post("/v1/exposures", exposure);
                assertThat(told.json().path("accepted").asInt()).as(told.body()).isEqualTo(1);
            }
        }
    }

    private static ObjectNode exposure(String id, String decision, String offer, String type) {
        var exposure = Events.question(id, null, "home");
        exposure.remove("touchpoint");
        exposure.put("decisionId", decision).put("placement", "home.foot");
        return exposure.put("offer", offer).put("type", type);
    }

    private static void visit(Client client, String name) {
        for (int i = 0; i < PEOPLE; i++) {
            var answer = client.post("/v1/decisions", Events.question(name + "-" + i, null, "home"))
                    .json();
            decisions++;
            for (var placement : List.of("hero", "side", "foot")) {
                SHOWN.merge(name + " " + placement + " " + offer(answer, placement), 1, Integer::sum);
            }
        }
    }

    private static JsonNode home(String id) {
        decisions++;
        return service.client()
                .post("/v1/decisions", Events.question(id, null, "home"))
                .json();
    }

    private static void pause(String what) {
        var pause = Events.body("what", what).put("reason", "a test");
        assertThat(service.client().post("/v1/packs/shop/pauses", pause).status())
                .isEqualTo(200);
    }

    private static Ended replay(Path draft) {
        return Ended.here(
                "replay",
                "--json",
                "--pack",
                draft.toString(),
                "--to",
                service.client().service().toString());
    }

    private static List<ObjectNode> lines() {
        return service.client().lines("/v1/decisions");
    }

    private static PackSnapshot read(Path pack) throws IOException {
        return Objects.requireNonNull(PackReader.read(PackFiles.inFolder(pack)).snapshot());
    }

    @Test
    void allThatDecidesBesideTheVisitorWasAtWork() {
        assertThat(SHOWN.keySet())
                .contains("ordinary hero plain", "ordinary hero bold", "ordinary side sale", "ordinary side next")
                .contains("ordinary foot dull", "liking foot liked", "pausing side null", "pausing-more hero null")
                .doesNotContain("liking foot dull", "pausing side next", "pausing-more hero plain");
    }

    @Test
    void theSamePackChangesNothing() throws IOException {
        var ended = replay(pack("same", RULES));

        assertThat(ended.exitCode()).as(ended.err() + ended.out()).isZero();
        var report = Body.parsed(ended.out());
        assertThat(report.path("decisions").asInt()).isEqualTo(decisions);
        assertThat(report.path("changedPlacements").asInt()).isZero();
        for (var leftOut : List.of("unknownVersion", "unknownSurroundings", "notAsRecorded", "leftOut")) {
            assertThat(report.path(leftOut).asInt()).as(leftOut).isZero();
        }
        assertThat(report.path("cannotBeJudged")).isEmpty();
    }

    @Test
    void aDraftDecidesInTheSameSurroundingsForTheSameDraws() throws IOException {
        var draft = pack("draft", RULES.replace("show: dull", "show: dull, priority: high"));

        var report = Body.parsed(replay(draft).out());

        var changed = new TreeMap<String, Integer>();
        report.path("byPlacement")
                .forEach(slice -> changed.put(
                        slice.path("placement").asText(), slice.path("changed").asInt()));
        int liked = SHOWN.entrySet().stream()
                .filter(shown -> shown.getKey().endsWith("foot liked"))
                .mapToInt(Map.Entry::getValue)
                .sum();
        assertThat(changed.get("home.foot")).isBetween(liked, liked + 1);
        assertThat(changed.get("home.hero")).isZero();
        assertThat(changed.get("home.side")).isZero();
    }

    @Test
    void theLinesTellSurroundingsOnceBeforeTheFirstDecisionThatNamesThem() throws IOException {
        var told = new ArrayList<String>();
        Set<String> named = new HashSet<>();
        for (var line : lines()) {
            if (line.has("surroundingsHash")) {
                told.add(line.path("surroundingsHash").asText());
            } else {
                var hash = Recorded.aroundOf((ObjectNode) line.path("record"));
                assertThat(hash.isEmpty() || told.contains(hash)).isTrue();
                named.add(hash);
            }
        }

        assertThat(told).doesNotHaveDuplicates();
        assertThat(named).hasSize(told.size() + 1).containsAll(told).contains("");
        assertThat(told).hasSizeBetween(3, 5);
    }

    /** Else this test would prove nothing. */
    @Test
    void withoutThemSomeWouldComeOutOtherwise() throws IOException {
        var pack = read(pack("read", RULES));
        var reader = new RecordReader(pack);

        var otherwise = lines().stream()
                .filter(line -> line.has("record"))
                .map(line -> (ObjectNode) line.path("record"))
                .filter(record -> !Decider.decide(pack, reader.inputs(record, Surroundings.NONE))
                        .digest()
                        .equals(Recorded.digestOf(record)))
                .count();

        assertThat(otherwise).isBetween(2L * PEOPLE, 3L * PEOPLE + 1);
    }
}
