package io.tappa.api.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.ExternalRedis;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.api.store.DraftStore;
import io.tappa.engine.identity.Hashes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several people change one pack beside each other, on two nodes, and nobody overwrites another. */
@Timeout(180)
class DraftTest {
    private static final Duration SOON = Duration.ofSeconds(4);
    private static final String HOME = "decisions/home.yaml";

    private static ExternalRedis redis;
    private static Service one;
    private static Service other;

    private final DraftClient anna = new DraftClient(one.client().with(ExternalRedis.SECRET));
    private final DraftClient bea = new DraftClient(other.client().with("sk_bea"));

    @BeforeAll
    static void start() {
        redis = new ExternalRedis().start();
        one = redis.service(beaToo());
        other = redis.service(beaToo());
    }

    private static String[] beaToo() {
        return new String[] {
            "--tappa.security.keys[2].id=bea",
            "--tappa.security.keys[2].hash=" + Hashes.hex("sk_bea".getBytes(StandardCharsets.UTF_8)),
            "--tappa.security.keys[2].kind=secret"
        };
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        redis.close();
    }

    @AfterEach
    void clear() {
        anna.list()
                .json()
                .path("drafts")
                .forEach(draft -> anna.remove(draft.path("name").asText()));
    }

    @Test
    void aDraftHoldsWhatItsVersionHolds() {
        var made = anna.make("spring", "{\"message\":\"for spring\"}");

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.etag()).isEqualTo("\"" + made.json().path("etag").asText() + "\"");
        assertThat(made.json().path("fromHash").asText()).isEqualTo(one.pack().hash());
        assertThat(made.json().path("from").isIntegralNumber()).isTrue();
        assertThat(made.json().path("by").asText()).isEqualTo("server");
        var draft = bea.get("spring");
        var live = anna.client().get("/v1/packs/shop/versions/live").json();
        assertThat(draft.path("files")).isEqualTo(live.path("files"));
        var file = bea.file("spring", HOME);
        assertThat(file.body()).isEqualTo(draft.path("files").path(HOME).asText());
        assertThat(file.contentType()).isEqualTo("text/plain;charset=UTF-8");
        assertThat(file.etag())
                .isEqualTo("\"" + draft.path("about").path(HOME).path("etag").asText() + "\"");
        var again = bea.make("spring", "");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("conflict");
        assertThat(again.body()).contains("server");
        var listed = bea.list().json().path("drafts");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).path("message").asText()).isEqualTo("for spring");
        assertThat(listed.get(0).path("changed").asInt()).isZero();
        assertThat(listed.get(0).path("etag")).isEqualTo(made.json().path("etag"));
    }

    @Test
    void whoeverIsLateIsToldWhoWasFasterAndOverwritesNothing() {
        anna.make("spring", "");
        var seen = anna.file("spring", HOME);

        var first = bea.replace("spring", HOME, "rules:", "# bea\nrules:");
        var late = anna.put("spring", HOME, "# anna\n" + seen.body(), "If-Match", seen.etag());

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json().path("ok").asBoolean()).isTrue();
        assertThat(first.etag()).isEqualTo("\"" + first.json().path("file").asText() + "\"");
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("stale");
        assertThat(late.json().path("by").asText()).isEqualTo("bea");
        assertThat(late.json().path("at").asText()).endsWith("Z");
        assertThat(late.json().path("detail").asText()).contains("bea");
        var now = anna.file("spring", HOME);
        assertThat(now.body()).contains("# bea").doesNotContain("# anna");
        assertThat(now.etag()).isEqualTo(first.etag());
        assertThat(anna.put("spring", HOME, now.body() + "# anna\n", "If-Match", now.etag())
                        .status())
                .isEqualTo(200);
        assertThat(anna.get("spring").path("changed").asInt()).isEqualTo(1);
        assertThat(anna.get("spring").path("changedBy").asText()).isEqualTo("server");
    }

    @Test
    void fromAMistakeToTwoNodesThatServeIt() throws Exception {
        anna.make("spring", "{\"message\":\"for spring\"}");

        var wrong = anna.replace("spring", HOME, "show: shoes-story", "show: shoe-story");

        assertThat(wrong.status()).as("it is a draft").isEqualTo(200);
        assertThat(wrong.json().path("ok").asBoolean()).isFalse();
        assertThat(wrong.json().path("problems")).isNotEmpty().anySatisfy(problem -> {
            assertThat(problem.path("file").asText()).isEqualTo(HOME);
            assertThat(problem.path("line").asInt()).isPositive();
            assertThat(problem.path("rule").asText()).isEqualTo("home-shoes");
            assertThat(problem.path("cure").asText()).contains("shoes-story");
        });
        assertThat(anna.command("spring", ":check", "").json().path("problems"))
                .isEqualTo(wrong.json().path("problems"));
        assertThat(anna.command("spring", ":publish", "").code()).isEqualTo("pack-has-errors");
        assertThat(anna.client().get("/v1/packs/shop/drafts/spring/diff").code())
                .isEqualTo("pack-has-errors");

        anna.replace("spring", HOME, "show: shoe-story", "show: shoes-story\n    priority: 61");

        var checked = anna.command("spring", ":check", "").json();
        assertThat(checked.path("ok").asBoolean()).as(checked.toString()).isTrue();
        assertThat(anna.differences("spring"))
                .anySatisfy(change ->
                        assertThat(change.path("text").asText()).startsWith("rule home-shoes: priority 50 becomes 61"));
        var published = anna.command("spring", ":publish", "");
        assertThat(published.status()).as(published.body()).isEqualTo(200);
        assertThat(published.json().path("draft").asText()).isEqualTo("deleted");
        var hash = published.json().path("hash").asText();
        Patience.until(
                "both serve it",
                SOON,
                () -> Stream.of(one, other).allMatch(node -> node.pack().hash().equals(hash)));
        assertThat(anna.client().get("/v1/packs/shop/drafts/spring").code()).isEqualTo("unknown-draft");
        var release =
                anna.client().get("/v1/packs/shop/versions?limit=1").json().at("/versions/0");
        assertThat(release.path("by").asText()).isEqualTo("server");
        assertThat(release.path("message").asText()).isEqualTo("for spring");
        anna.client().post("/v1/packs/shop:rollback", "");
    }

    @Test
    void whoeverIsNotTheFirstToPublishIsToldSo() throws Exception {
        anna.make("spring", "");
        bea.make("summer", "");
        anna.replace("spring", HOME, "rules:", "# spring\nrules:");
        bea.replace("summer", HOME, "rules:", "# summer\nrules:");

        var kept = anna.command("spring", ":publish", "{\"keep\":true,\"message\":\"one\"}");
        var late = bea.command("summer", ":publish", "");

        assertThat(kept.json().path("draft").asText()).as(kept.body()).isEqualTo("kept");
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("stale");
        assertThat(late.json().at("/errors/0/cure").asText()).contains(":merge");
        assertThat(bea.get("summer").path("files").path(HOME).asText())
                .startsWith("# ")
                .contains("# summer");
        var spring = anna.get("spring");
        assertThat(spring.path("from")).isEqualTo(kept.json().path("number"));
        assertThat(spring.path("changed").asInt()).isZero();
        anna.replace("spring", HOME, "# spring", "# late spring");
        assertThat(anna.command("spring", ":publish", "").status())
                .as("on what it stands now")
                .isEqualTo(200);
        anna.client().post("/v1/packs/shop:rollback", "");
        anna.client().post("/v1/packs/shop:rollback", "{\"to\":1}");
    }

    @Test
    void aDraftThatChangedIsNeitherPublishedNorDeletedByWhoeverSawAnother() {
        var seen = anna.make("spring", "").json().path("etag").asText();
        bea.replace("spring", HOME, "rules:", "# bea\nrules:");

        var published = anna.commandIf("spring", ":publish", seen);
        var removed = anna.removeIf("spring", seen);

        assertThat(published.code()).isEqualTo("stale");
        assertThat(published.json().path("detail").asText()).contains("bea");
        assertThat(removed.code()).isEqualTo("stale");
        var now = anna.get("spring").path("etag").asText();
        assertThat(anna.removeIf("spring", now).status()).isEqualTo(204);
        assertThat(anna.remove("spring").code()).isEqualTo("unknown-draft");
    }

    @Test
    void filesComeAndGo() {
        anna.make("spring", "");
        var text = "rules:\n  - { id: more, where: home.hero, show: welcome }\n";

        var added = anna.put("spring", "decisions/more.yaml", text, "If-None-Match", "*");
        var there = bea.put("spring", "decisions/more.yaml", text + "# 2\n", "If-None-Match", "*");
        var gone = anna.delete("spring", "decisions/more.yaml", added.etag());
        var late = bea.put("spring", "decisions/more.yaml", text, "If-Match", added.etag());

        assertThat(added.status()).as(added.body()).isEqualTo(201);
        assertThat(there.code()).isEqualTo("stale");
        assertThat(there.json().path("by").asText()).isEqualTo("server");
        assertThat(gone.status()).as(gone.body()).isEqualTo(200);
        assertThat(gone.json().path("ok").asBoolean()).isTrue();
        assertThat(late.code()).isEqualTo("stale");
        assertThat(late.json().path("detail").asText()).contains("deleted by server");
        assertThat(anna.file("spring", "decisions/more.yaml").code()).isEqualTo("not-found");
        assertThat(anna.delete("spring", "decisions/more.yaml", added.etag()).code())
                .isEqualTo("not-found");
    }

    @Test
    void whatWasReadIsAlwaysSaid() {
        anna.make("spring", "");

        assertThat(anna.putWithout("spring", HOME, "rules: []").status()).isEqualTo(428);
        assertThat(anna.putWithout("spring", HOME, "rules: []").code()).isEqualTo("if-match-required");
        assertThat(anna.client()
                        .delete("/v1/packs/shop/drafts/spring/files/" + HOME)
                        .code())
                .isEqualTo("if-match-required");
        assertThat(anna.put("spring", HOME, "rules: []", "If-Match", "*").code())
                .isEqualTo("invalid-field");
        assertThat(anna.put("spring", "decisions/no.yaml", "x", "If-Match", "\"0123456789abcdef\"")
                        .code())
                .isEqualTo("stale");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%2e%2e/secret.yaml",
                "..%2fsecret.yaml",
                "/pack.yaml",
                "decisions/%2e%2e/%2e%2e/x.yaml",
                ".hidden.yaml",
                "decisions/.x.yaml",
                "a/b/c/d/e.yaml",
                "rules.drl",
                "C:x.yaml",
                "x.yaml%00.yaml",
                "",
            })
    void filesThatLeadElsewhereAreRefused(String path) {
        anna.make("spring", "");

        var answer = anna.put("spring", path, "x", "If-None-Match", "*");

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Spring", "-spring", "spring_1", "spr%20ing", "fr%C3%BChling", "a:b"})
    void otherNamesAreRefused(String name) {
        assertThat(anna.make(name, "").code()).isEqualTo("invalid-field");
        assertThat(anna.make("a".repeat(61), "").code()).isEqualTo("invalid-field");
    }

    @Test
    void thereAreLimits() {
        for (int i = 0; i < DraftStore.MOST; i++) {
            assertThat(anna.make("d-" + i, "").status()).isEqualTo(201);
        }
        var tooMany = anna.make("one-more", "");
        assertThat(tooMany.code()).isEqualTo("invalid-field");
        assertThat(tooMany.json().path("detail").asText()).contains("50 drafts");

        var etag = anna.file("d-0", HOME).etag();
        var tooLarge = anna.put("d-0", HOME, "#".repeat(1_000_001), "If-Match", etag);
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.code()).isEqualTo("too-large");
        assertThat(anna.put("d-0", HOME, "è".repeat(3_000_000), "If-Match", etag)
                        .code())
                .isEqualTo("too-large");
        assertThat(anna.put("d-0", HOME, "#".repeat(1_000_000), "If-Match", etag)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatIsMeantByNothingIsRefused() {
        assertThat(anna.make("spring", "{\"from\":\"999\"}").code()).isEqualTo("unknown-version");
        assertThat(anna.make("spring", "{\"form\":1}").code()).isEqualTo("invalid-field");
        assertThat(anna.make("spring", "[]").code()).isEqualTo("invalid-field");
        assertThat(anna.command("spring", ":check", "").code()).isEqualTo("unknown-draft");
        anna.make("spring", "{\"from\":1}");
        var unknown = anna.client().get("/v1/packs/shop/drafts/sprign");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body()).contains("Did you mean \\\"spring\\\"?");
        assertThat(anna.command("spring", ":publish", "{\"keep\":\"yes\"}").code())
                .isEqualTo("invalid-field");
        assertThat(anna.client()
                        .get("/v1/packs/shop/drafts/spring/diff?with=999")
                        .code())
                .isEqualTo("unknown-version");
        assertThat(anna.client().get("/v1/packs/shoes/drafts").code()).isEqualTo("unknown-pack");
        assertThat(anna.client()
                        .with(ExternalRedis.PUBLISHABLE)
                        .get("/v1/packs/shop/drafts")
                        .code())
                .isEqualTo("wrong-key-kind");
        assertThat(anna.command("spring", ":bless", "").code()).isEqualTo("method-not-allowed");
    }

    @Test
    void aRestartKeepsThem() {
        var data = Service.temporaryFolder();
        try {
            String etag;
            try (var service = Service.startOn(data)) {
                var client = new DraftClient(service.client());
                client.make("spring", "");
                client.replace("spring", HOME, "rules:", "# kept\nrules:");
                etag = client.get("spring").path("etag").asText();
            }
            try (var service = Service.startOn(data)) {
                var draft = new DraftClient(service.client()).get("spring");
                assertThat(draft.path("etag").asText()).isEqualTo(etag);
                assertThat(draft.path("files").path(HOME).asText()).contains("# kept");
                assertThat(draft.path("changed").asInt()).isEqualTo(1);
            }
        } finally {
            Service.delete(data);
        }
    }
}
