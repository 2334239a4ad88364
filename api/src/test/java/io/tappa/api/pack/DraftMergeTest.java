package io.tappa.api.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.ExternalRedis;
import io.tappa.api.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What went live meanwhile comes into a draft, rule by rule. */
@Timeout(120)
class DraftMergeTest {
    private static final String HOME = "decisions/home.yaml";
    private static final String SHOES = "show: shoes-story";

    private static ExternalRedis redis;
    private static Service service;

    private final DraftClient drafts = new DraftClient(service.client().with(ExternalRedis.SECRET));

    @BeforeAll
    static void start() {
        redis = new ExternalRedis().start();
        service = redis.service();
    }

    @AfterAll
    static void stop() {
        service.close();
        redis.close();
    }

    @AfterEach
    void clear() {
        drafts.list()
                .json()
                .path("drafts")
                .forEach(draft -> drafts.remove(draft.path("name").asText()));
        drafts.client().post("/v1/packs/shop:rollback", "{\"to\":1}");
    }

    @Test
    void whoeverIsSecondTakesOverTheFirstAndPublishesBoth() {
        drafts.make("spring", "");
        drafts.make("summer", "");
        drafts.replace("spring", HOME, SHOES, SHOES + "\n    priority: 61      # since spring");
        drafts.replace("summer", HOME, "rules:", "# summer\nrules:");
        drafts.replace("summer", "touchpoints.yaml", "fallback: easy-returns", "fallback: secure-payment");
        assertThat(drafts.command("spring", ":publish", "").status()).isEqualTo(200);
        assertThat(drafts.command("summer", ":publish", "").code()).isEqualTo("stale");

        var merged = drafts.command("summer", ":merge", "");

        assertThat(merged.status()).as(merged.body()).isEqualTo(200);
        assertThat(merged.json().path("merged").asBoolean()).isTrue();
        assertThat(merged.json().path("ok").asBoolean()).isTrue();
        var summer = drafts.get("summer");
        assertThat(summer.path("etag")).isEqualTo(merged.json().path("etag"));
        assertThat(summer.path("fromHash").asText()).isEqualTo(service.pack().hash());
        assertThat(summer.path("changed").asInt()).isEqualTo(2);
        assertThat(drafts.command("summer", ":merge", "").json().path("etag"))
                .as("merged twice")
                .isEqualTo(merged.json().path("etag"));
        var published = drafts.command("summer", ":publish", "");
        assertThat(published.status()).as(published.body()).isEqualTo(200);
        var live = drafts.client().get("/v1/packs/shop/versions/live").json().path("files");
        assertThat(live.path(HOME).asText()).contains("# summer\nrules:", "priority: 61      # since spring");
        assertThat(live.path("touchpoints.yaml").asText()).contains("fallback: secure-payment");
    }

    @Test
    void whatBothChangedIsDecidedByAPerson() {
        drafts.make("spring", "");
        drafts.make("summer", "");
        drafts.replace("spring", HOME, SHOES, SHOES + "\n    priority: 61");
        drafts.replace("summer", HOME, SHOES, SHOES + "\n    priority: 62");
        drafts.command("spring", ":publish", "");
        var before = drafts.get("summer");

        var conflict = drafts.command("summer", ":merge", "");

        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.code()).isEqualTo("conflict");
        assertThat(conflict.json().path("conflicts")).hasSize(1);
        var told = conflict.json().at("/conflicts/0");
        assertThat(told.path("key").asText()).isEqualTo("decisions/home.yaml#home-shoes");
        assertThat(told.path("file").asText()).isEqualTo(HOME);
        assertThat(told.path("entry").asText()).isEqualTo("home-shoes");
        assertThat(told.path("base").asText()).contains(SHOES).doesNotContain("priority");
        assertThat(told.path("ours").asText()).contains("priority: 62");
        assertThat(told.path("theirs").asText()).contains("priority: 61");
        assertThat(drafts.get("summer")).isEqualTo(before);
        assertThat(drafts.command("summer", ":merge", take("both")).code()).isEqualTo("invalid-field");
        assertThat(drafts.command("summer", ":merge", "{\"with\":1,\"take\":{}}")
                        .code())
                .as("decided when another was live")
                .isEqualTo("stale");

        var merged = drafts.command("summer", ":merge", take("ours"));

        assertThat(merged.status()).as(merged.body()).isEqualTo(200);
        assertThat(drafts.differences("summer"))
                .anySatisfy(change ->
                        assertThat(change.path("text").asText()).isEqualTo("rule home-shoes: priority 61 becomes 62"));
        assertThat(drafts.command("summer", ":publish", "").status()).isEqualTo(200);
    }

    @Test
    void theirTextMayBeTakenToo() {
        drafts.make("spring", "");
        drafts.make("summer", "");
        drafts.replace("spring", HOME, SHOES, SHOES + "\n    priority: 61");
        drafts.replace("summer", HOME, SHOES, SHOES + "\n    priority: 62");
        drafts.command("spring", ":publish", "");

        assertThat(drafts.command("summer", ":merge", take("theirs")).status()).isEqualTo(200);

        assertThat(drafts.get("summer").path("changed").asInt()).isZero();
        assertThat(drafts.differences("summer")).isEmpty();
    }

    private static String take(String side) {
        return "{\"take\":{\"decisions/home.yaml#home-shoes\":\"%s\"}}".formatted(side);
    }
}
