package io.tappa.api.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.api.body.Body;
import io.tappa.engine.pack.PackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has a secret key publishes files over HTTP and takes them back; all nodes follow, and nothing is lost. */
@Timeout(180)
class PublishTest {
    /** One second, and three times as much again for machines that do several things at once. */
    private static final Duration SOON = Duration.ofSeconds(4);

    private static ExternalRedis redis;
    private static Service one;
    private static Service other;

    private final Client client = one.client().with(ExternalRedis.SECRET);

    @BeforeAll
    static void start() {
        redis = new ExternalRedis().start();
        one = redis.service();
        other = redis.service();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        redis.close();
    }

    @Test
    void bothNodesSwitchUnderTrafficAndBackAndNoAnswerFailsOrIsMixed() throws Exception {
        var first = one.pack();
        try (var traffic = new Traffic(List.of(one, other))) {
            traffic.until(200);
            var published = published(files("secure-payment"), "other banner", first.hash());
            Patience.until("both switch", SOON, () -> areAt(published.path("hash")));
            traffic.until(400);
            var back = post(":rollback", Body.create().put("message", "it was wrong"));
            Patience.until("both are back", SOON, () -> areAt(back.path("hash")));
            traffic.until(600);

            assertThat(back.path("hash").asText()).isEqualTo(first.hash());
            assertThat(traffic.failed).isEmpty();
            assertThat(traffic.banners)
                    .as("the banner of each version")
                    .containsOnly(
                            Map.entry(first.version() + " easy-returns", true),
                            Map.entry(published.path("pack").asText() + " secure-payment", true));
        }
        var versions = client.get("/v1/packs/shop/versions?limit=2").json().path("versions");
        assertThat(versions).hasSize(2);
        assertThat(versions.get(0).path("live").asBoolean()).isTrue();
        assertThat(versions.get(0).path("means").asText()).isEqualTo("rolled-back");
        assertThat(versions.get(0).path("message").asText()).isEqualTo("it was wrong");
        assertThat(versions.get(1).path("live").asBoolean()).isFalse();
        assertThat(versions.get(1).path("means").asText()).isEqualTo("published");
        assertThat(versions.get(1).path("by").asText()).isEqualTo("server");
        var differences = client.get("/v1/packs/shop/versions/%d/diff?with=%s"
                .formatted(versions.get(1).path("number").asInt(), first.hash()));
        assertThat(differences.json().path("changes")).hasSize(1);
        assertThat(differences.json().at("/changes/0/text").asText()).isEqualTo("file touchpoints.yaml is changed");
        assertThat(versions.get(0).path("number").asInt())
                .isEqualTo(versions.get(1).path("number").asInt() + 1);
    }

    @Test
    void whoBeganWithAnotherVersionIsToldAndChangesNothing() throws Exception {
        var before = one.pack().hash();
        var newest = published(files("gift-wrapping-is-free-today"), "", before);
        var answer = client.post("/v1/packs/shop:publish", body(files("secure-payment"), "late", before));

        assertThat(newest.path("warnings").isArray()).isTrue();
        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.code()).isEqualTo("stale");
        assertThat(one.pack().hash()).isEqualTo(newest.path("hash").asText());

        var number = releases().get(0).path("number").asInt();
        var again = published(
                files("gift-wrapping-is-free-today"),
                "sent twice",
                newest.path("hash").asText());
        assertThat(again.path("number").asInt()).as("what is live already").isEqualTo(number);
        var byNumber = post(":rollback", Body.create().put("to", number - 1));
        assertThat(byNumber.path("hash").asText()).isEqualTo(before);
        Patience.until("both are back", SOON, () -> areAt(byNumber.path("hash")));
    }

    @Test
    void filesWithErrorsAreRefusedWithAllOfThem() throws Exception {
        var broken = files("secure-payments");
        var before = releases();

        var answer = client.post("/v1/packs/shop:publish", body(broken, "", null));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/cure").asText()).contains("secure-payment");
        assertThat(answer.json().at("/errors/0/file").asText()).isEqualTo("touchpoints.yaml");
        assertThat(releases()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.yaml",
                "/etc/passwd.yaml",
                "decisions/../../x.yaml",
                "decisions\\\\x.yaml",
                ".hidden.yaml",
                "decisions/.x.yaml",
                "a/b/c/d/e.yaml",
                "rules.drl",
                "C:x.yaml",
                "x.yaml\\u0000.yaml",
                "",
            })
    void namesThatLeadElsewhereAreRefused(String name) {
        var answer = client.post("/v1/packs/shop:publish", "{\"files\":{\"%s\":\"pack: shop\"}}".formatted(name));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-field");
        assertThat(answer.body()).contains("no name of a file of a pack");
    }

    @Test
    void whatIsMeantByNothingIsRefused() {
        assertThat(client.post("/v1/packs/shop:publish", "{}").code()).isEqualTo("invalid-field");
        assertThat(client.post("/v1/packs/shop:publish", "{\"files\":{\"pack.yaml\":1}}")
                        .code())
                .isEqualTo("invalid-field");
        assertThat(client.post("/v1/packs/shop:publish", "{\"files\":{\"pack.yaml\":\"x\"},\"form\":\"1\"}")
                        .code())
                .isEqualTo("invalid-field");
        assertThat(client.post("/v1/packs/shop:rollback", "{\"to\":\"999\"}").code())
                .isEqualTo("unknown-version");
        assertThat(client.post("/v1/packs/shop:rollback", "{\"to\":0}").code()).isEqualTo("unknown-version");
        assertThat(client.post("/v1/packs/shop:rollback", "{\"to\":\"yesterday\"}")
                        .code())
                .isEqualTo("invalid-field");
        assertThat(client.post("/v1/packs/shop:rollback", "[]").code()).isEqualTo("invalid-field");
        assertThat(client.post("/v1/packs/shoes:publish", "{}").code()).isEqualTo("unknown-pack");
        assertThat(client.with(ExternalRedis.PUBLISHABLE)
                        .post("/v1/packs/shop:rollback", "")
                        .code())
                .isEqualTo("wrong-key-kind");
        assertThat(client.get("/v1/packs/shop/versions?limit=0").code()).isEqualTo("invalid-field");
    }

    @Test
    void whereTheFolderIsTheAuthorItIsWrittenAndWhatStoodThereIsKept() throws Exception {
        try (var shop = new ShopCopy();
                var local = Service.start(shop.setting())) {
            var first = local.pack().hash();
            var files = PackFiles.inFolder(shop.folder());
            shop.replace("touchpoints.yaml", "fallback: easy-returns", "fallback: easy-retruns");
            var unfinished = PackFiles.inFolder(shop.folder());
            var more = new TreeMap<>(files("secure-payment").contents());
            more.remove("scenarios/email.yaml");

            var answer = local.client().post("/v1/packs/shop:publish", body(new PackFiles(more), "", null));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().path("replaced").asText()).isEqualTo(unfinished.hash());
            assertThat(PackFiles.inFolder(shop.folder()).contents()).isEqualTo(more);
            var kept = local.client().get("/v1/packs/shop/versions/" + unfinished.hash());
            assertThat(kept.json().at("/files/touchpoints.yaml").asText()).contains("easy-retruns");

            var back = local.client().post("/v1/packs/shop:rollback", "");

            assertThat(back.json().path("hash").asText()).isEqualTo(first);
            assertThat(back.json().has("replaced")).isFalse();
            assertThat(PackFiles.inFolder(shop.folder())).isEqualTo(files);
            try (var all = Files.walk(shop.folder())) {
                assertThat(all.filter(Files::isRegularFile)
                                .filter(file -> file.toString().endsWith(".new")))
                        .isEmpty();
            }
            assertThat(local.pack().hash()).isEqualTo(first);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaidAndNothingIsPublished() throws Exception {
        try (var shop = new ShopCopy();
                var local = Service.start(shop.setting())) {
            var first = local.pack().hash();
            shop.write("decisions/more.yaml/in-the-way.txt", "a folder of that name");
            var more = new TreeMap<>(PackFiles.inFolder(shop.folder()).contents());
            more.put("decisions/more.yaml", "rules: [ { id: more, where: home.hero, show: night-drop } ]");

            var answer = local.client().post("/v1/packs/shop:publish", body(new PackFiles(more), "", null));

            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("store-unavailable");
            assertThat(answer.body()).contains("more.yaml");
            assertThat(local.pack().hash()).isEqualTo(first);
            assertThat(PackFiles.inFolder(shop.folder()).hash()).isEqualTo(first);
        }
    }

    private static PackFiles files(String banner) throws IOException {
        var files =
                new TreeMap<>(PackFiles.inFolder(Path.of("..", "rules", "shop")).contents());
        var before = files.get("touchpoints.yaml");
        files.put("touchpoints.yaml", before.replace("fallback: easy-returns", "fallback: " + banner));
        if (banner.startsWith("gift")) {
            files.put("touchpoints.yaml", "# " + banner + "\n" + before);
        }
        return new PackFiles(files);
    }

    private static ObjectNode body(PackFiles files, String message, String from) {
        var body = Body.create().put("message", message).put("from", from);
        var contents = body.putObject("files");
        files.contents().forEach(contents::put);
        return body;
    }

    private JsonNode published(PackFiles files, String message, String from) {
        return post(":publish", body(files, message, from));
    }

    private JsonNode post(String command, ObjectNode body) {
        var answer = client.post("/v1/packs/shop" + command, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode releases() {
        return client.get("/v1/packs/shop/versions").json().path("versions");
    }

    private static boolean areAt(JsonNode hash) {
        return Stream.of(one, other).allMatch(node -> node.pack().hash().equals(hash.asText()));
    }

    /** People who ask all nodes for the banner of the basket, all the time. */
    private static final class Traffic implements AutoCloseable {
        private static final int PEOPLE = 4;

        private final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
        private final Map<String, Boolean> banners = new ConcurrentHashMap<>();
        private final ConcurrentLinkedQueue<Integer> answered = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean over = new AtomicBoolean();
        private final ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
        private final List<CompletableFuture<Void>> people;

        Traffic(List<Service> nodes) {
            people = IntStream.range(0, PEOPLE)
                    .mapToObj(person ->
                            CompletableFuture.runAsync(() -> ask(nodes.get(person % nodes.size()), person), threads))
                    .toList();
        }

        private void ask(Service node, int person) {
            var asking = node.client().with(ExternalRedis.SECRET);
            var question = Events.question("traffic-" + person, null, "cart");
            question.putArray("placements").add("banner");
            while (!over.get()) {
                var answer = asking.post("/v1/decisions", question);
                if (answer.status() == 200) {
                    banners.put(
                            answer.json().path("pack").asText() + " "
                                    + answer.json().at("/decisions/0/offer").asText(),
                            true);
                    answered.add(person);
                } else {
                    failed.add(answer.body());
                }
            }
        }

        /** Waits until so many answers came in all. */
        void until(int answers) throws Exception {
            Patience.until("traffic flows", Duration.ofSeconds(60), () -> answered.size() >= answers);
        }

        @Override
        public void close() {
            over.set(true);
            people.forEach(CompletableFuture::join);
            threads.shutdown();
        }
    }
}
