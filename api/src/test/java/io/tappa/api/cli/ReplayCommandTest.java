package io.tappa.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.body.Body;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service decided is decided again with a draft, over HTTP, and counted like a naive recount does. */
@Timeout(180)
class ReplayCommandTest {
    private static final int VISITORS = 60;
    private static final List<String> TOUCHPOINTS = List.of("home", "cart", "product", "category", "account");
    private static final int DECISIONS = VISITORS * TOUCHPOINTS.size();

    @TempDir
    private static Path folders;

    private static Path live;
    private static Service service;

    @BeforeAll
    static void start() throws IOException {
        live = copy("live");
        service = Service.start("--tappa.pack-folder=" + live);
        visit(service.client(), "v", VISITORS);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Each visitor looks around, half fill a basket, some answered a survey; then each asks at all touchpoints. */
    private static void visit(Client client, String name, int visitors) {
        var events = new ArrayList<ObjectNode>();
        var questions = new ArrayList<ObjectNode>();
        for (int i = 0; i < visitors; i++) {
            var id = name + "-" + i;
            for (int viewed = 0; viewed < i % 7; viewed++) {
                var category = List.of("shoes", "bags", "outdoor").get(i % 3);
                var event = Events.track(id + "-view-" + viewed, id, null, "Product Viewed");
                events.add(Events.with("product_id", "p-" + viewed, Events.with("category", category, event)));
            }
            if (i % 2 == 0) {
                var event = Events.track(id + "-added", id, null, "Product Added");
                events.add(Events.with("price", 20 + i * 7 % 100, Events.with("product_id", "p-1", event)));
            }
            if (i % 3 == 0) {
                var event = Events.track(id + "-survey", id, null, "Survey Answered");
                events.add(Events.with("score", 9, Events.with("kind", "nps", event)));
            }
            TOUCHPOINTS.forEach(touchpoint -> questions.add(Events.question(id, null, touchpoint)));
        }
        assertThat(client.post("/v1/batch", Events.batch(events)).status()).isEqualTo(200);
        assertThat(Client.atOnce(questions, question -> client.posted("/v1/decisions", question.toString())))
                .extracting(Client.Answer::status)
                .containsOnly(200);
    }

    private static Ended replay(Service on, Path draft, String... more) {
        var arguments = new ArrayList<>(List.of(
                "replay",
                "--pack",
                draft.toString(),
                "--to",
                on.client().service().toString()));
        arguments.addAll(List.of(more));
        return Ended.here(arguments.toArray(String[]::new));
    }

    private static JsonNode json(Ended ended) {
        return Body.parsed(ended.out());
    }

    private static void replace(Path pack, String file, String old, String with) throws IOException {
        var path = pack.resolve(file);
        var content = Files.readString(path);
        assertThat(content).contains(old);
        Files.writeString(path, content.replace(old, with));
    }

    /** A copy of the sample pack whose rules have not ended whenever this runs. */
    private static Path copy(String name) throws IOException {
        var copy = ShopFolder.copyInto(folders.resolve(name));
        replace(copy, "decisions/cart.yaml", "until: 2026-12-31 ", "until: 2099-12-31 ");
        return copy;
    }

    /** A copy where one rule has another priority and another rule is gone, with the scenarios that name it. */
    private static Path draft(String name) throws IOException {
        var draft = copy(name);
        replace(draft, "decisions/cart.yaml", "    show: small-finds\n", "    show: small-finds\n    priority: 90\n");
        var home = Files.readString(draft.resolve("decisions/home.yaml"));
        int begins = home.indexOf("  - id: home-newsletter");
        assertThat(begins).isPositive();
        Files.writeString(draft.resolve("decisions/home.yaml"), home.substring(0, begins));
        Files.delete(draft.resolve("scenarios/home.yaml"));
        return draft;
    }

    private static PackSnapshot read(Path pack) throws IOException {
        var result = PackReader.read(PackFiles.inFolder(pack));
        return Objects.requireNonNull(result.snapshot(), () -> result.problems().toString());
    }

    @Test
    void theLivePackItselfChangesNothing() {
        var ended = replay(service, live);

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains("%d decisions".formatted(DECISIONS), "Nothing would change.")
                .contains("made by " + service.pack().version());
        assertThat(ended.err()).contains("100 % replayed");
    }

    @Test
    void aDraftChangesWhatARecountByHandSays() throws IOException {
        var draft = draft("draft");
        var recount = Recount.of(service.client(), read(live), read(draft));

        var ended = replay(service, draft, "--json");

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
        var report = json(ended);
        assertThat(recount.changedAt().keySet()).contains("cart.drawer", "home.sidebar");
        assertThat(report.path("decisions").asLong()).isEqualTo(DECISIONS);
        assertThat(report.path("changedDecisions").asLong()).isEqualTo(recount.changed());
        var changedAt = new TreeMap<String, Long>();
        report.path("byPlacement").forEach(slice -> {
            if (slice.path("changed").asLong() > 0) {
                changedAt.put(
                        slice.path("placement").asText(), slice.path("changed").asLong());
            }
        });
        assertThat(changedAt).isEqualTo(recount.changedAt());
        var swaps = new TreeMap<String, Long>();
        report.at("/swaps/largest")
                .forEach(swap -> swaps.put(
                        swap.path("from").asText() + ">" + swap.path("to").asText(),
                        swap.path("displays").asLong()));
        assertThat(swaps).isEqualTo(recount.swaps());
        assertThat(report.path("cannotBeJudged")).isEmpty();
        assertThat(report.path("unknownVersion").asLong()).isZero();
        assertThat(report.at("/idleRules/thanks-refer").asText()).isEqualTo("not-asked");
    }

    @Test
    void aPersonReadsWhatChangesAndWhyInATable() throws IOException {
        var ended = replay(service, draft("draft-in-words"));

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.out())
                .contains("would show something else", "Who takes whose displays", "newsletter-signup -> ")
                .contains("free-shipping-80 -> small-finds", "By stage", "intention")
                .contains("  then: Nudge carts just under free shipping (priority 75)")
                .contains("  now:  Everybody else within 30 EUR of free shipping sees small finds (priority 90)")
                .contains("  free-shipping-80: outranked by cart-small-finds")
                .contains("Rules that never won", "thanks-refer", "nobody asked for its placements");
        var id = ended.out()
                .lines()
                .filter(line -> line.startsWith("  decision "))
                .findFirst()
                .orElseThrow()
                .substring("  decision ".length());
        assertThat(service.client().get("/v1/decisions/" + id).status()).isEqualTo(200);
    }

    @Test
    void aSampleTakesTheSameDecisionsEachTime() throws IOException {
        var draft = draft("draft-of-sample");

        var some = json(replay(service, draft, "--json", "--sample", "300"));
        var more = json(replay(service, draft, "--json", "--sample", "600"));

        assertThat(json(replay(service, draft, "--json", "--sample", "300"))).isEqualTo(some);
        assertThat(some.path("decisions").asLong()).isBetween(50L, 130L);
        assertThat(more.path("decisions").asLong()).isBetween(140L, 220L);
        assertThat(some.path("decisions").asLong() + some.path("leftOut").asLong())
                .isEqualTo(DECISIONS);
        assertThat(replay(service, draft, "--sample", "0").exitCode()).isEqualTo(2);
    }

    @Test
    void onlyDecisionsOfTheTimeAskedAreReplayed() throws IOException {
        var none = replay(service, draft("draft-of-time"), "--until", "2020-01-01T00:00:00Z");

        assertThat(none.exitCode()).isZero();
        assertThat(none.out()).contains("0 decisions");
    }

    @Test
    void saysInOneLineWhyItCannot() throws IOException {
        var other = copy("other");
        replace(other, "pack.yaml", "pack: shop", "pack: shoes");
        var broken = copy("broken");
        replace(broken, "decisions/cart.yaml", "show: small-finds", "show: smal-finds");

        var wrongKey = replay(service, live, "--secret-key", "sk_wrong");
        var wrongTime = replay(service, live, "--from", "yesterday");
        var wrongPack = replay(service, other);
        var mistake = replay(service, broken);

        assertThat(List.of(wrongKey, wrongTime, wrongPack, mistake)).allSatisfy(ended -> {
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.err()).doesNotContain("\tat ");
            assertThat(ended.out()).isEmpty();
        });
        assertThat(wrongKey.err()).contains("The key is unknown.");
        assertThat(wrongTime.err()).contains("\"yesterday\" is no moment.");
        assertThat(wrongPack.err()).contains("There is no pack \"shoes\".");
        assertThat(mistake.err()).contains("Did you mean \"small-finds\"?");
    }

    @Test
    void eachDecisionIsReadWithTheVersionThatMadeIt() throws IOException {
        var pack = copy("versions");
        try (var changing = Service.start("--tappa.pack-folder=" + pack)) {
            visit(changing.client(), "old", 10);
            var first = changing.pack().version();
            replace(
                    pack,
                    "facts.yaml",
                    "facts:\n",
                    "facts:\n  aNewOne: { label: a new one, type: word, trait: colour }\n");
            replace(
                    pack,
                    "decisions/cart.yaml",
                    "    show: small-finds\n",
                    "    show: small-finds\n    priority: 90\n");
            replace(pack, "decisions/home.yaml", "if: { favourite category: shoes }", "if: { a new one: red }");
            assertThat(changing.client().post("/v1/packs/shop:reload", "").status())
                    .isEqualTo(200);
            visit(changing.client(), "new", 10);

            var report = json(replay(changing, pack, "--json"));

            assertThat(report.at("/versions/" + first).asInt()).isEqualTo(50);
            assertThat(report.at("/versions/" + changing.pack().version()).asInt())
                    .isEqualTo(50);
            assertThat(report.at("/cannotBeJudged/0/name").asText()).isEqualTo("aNewOne");
            assertThat(report.at("/cannotBeJudged/0/decisions").asInt()).isEqualTo(10);
            assertThat(report.path("live").asText())
                    .isEqualTo(report.path("draft").asText());
        }
    }
}
