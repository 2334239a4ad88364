package io.tappa.api.scarcity;

import static io.tappa.api.Decided.at;
import static io.tappa.api.Decided.offer;
import static io.tappa.api.Decided.title;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.MovedClock;
import io.tappa.api.Service;
import io.tappa.api.pack.ShopCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of what there is not enough of, nobody is promised more than there is, and whoever was promised something gets it. */
@Timeout(120)
class ScarcityTest {
    private static final Duration LIFE = Duration.ofMinutes(15);

    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-27T10:00:00Z"));
    private ExternalRedis redis;
    private ShopCopy shop;
    private Service service;
    private Client client;

    @BeforeEach
    void start() {
        start("3", 2);
    }

    private void start(String budget, int codes) {
        redis = new ExternalRedis().start();
        shop = ScarceShop.pack(budget, codes);
        service = redis.serviceAt(clock, shop.setting());
        client = service.client().with(ExternalRedis.SECRET);
    }

    @AfterEach
    void stop() {
        service.close();
        shop.close();
        redis.close();
    }

    private JsonNode home(String id) {
        return home(id, "reasons");
    }

    private JsonNode home(String id, String explain) {
        var answer =
                client.post("/v1/decisions", Events.question(id, null, "home").put("explain", explain));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private void see(String id, JsonNode answer) {
        var viewed = ScarceShop.viewed(UUID.randomUUID().toString(), id, "rush", "home.side", answer);
        assertThat(client.post("/v1/track", viewed).status()).isEqualTo(200);
    }

    private String budget() {
        return client.get("/v1/campaigns/rush").json().path("budget").toString();
    }

    @Test
    void aBudgetIsReservedByDecisionsAndUsedByWhatIsSeen() {
        var first = home("v-1");
        home("v-1");
        home("v-2");
        home("v-3");

        var late = home("v-4", "full");

        assertThat(offer(first, "side")).isEqualTo("rush");
        assertThat(offer(late, "side")).isEqualTo("plain");
        assertThat(at(late, "side").toString())
                .contains("the budget of the campaign rush is used up: 0 shown and 3 reserved of 3");
        see("v-1", first);
        see("v-1", first);
        assertThat(budget())
                .isEqualTo(
                        "{\"of\":\"displays\",\"limit\":3,\"used\":1,\"reserved\":2,\"left\":0,\"seenLate\":0,\"seenOver\":0}");
        clock.pass(LIFE);
        assertThat(offer(home("v-4"), "side")).isEqualTo("rush");
        assertThat(offer(home("v-5"), "side")).isEqualTo("rush");
        assertThat(offer(home("v-6"), "side")).isEqualTo("plain");
    }

    @Test
    void aDecisionThatMetTheEndOfABudgetVerifies() {
        for (int i = 0; i < 5; i++) {
            var id = home("v-" + i).path("decisionId").asText();

            var verdict = client.get("/v1/decisions/" + id + "/verify").json();

            assertThat(verdict.path("verified").asBoolean())
                    .as(verdict.toString())
                    .isTrue();
        }
        assertThat(client.get("/v1/decisions:verify?last=10")
                        .json()
                        .path("verified")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void aBudgetInMoneyPaysTheCostOfEachDisplay() {
        stop();
        start("0.60 EUR", 2);

        assertThat(offer(home("v-1"), "side")).isEqualTo("rush");
        var second = home("v-2");
        assertThat(offer(second, "side")).isEqualTo("rush");
        var third = home("v-3", "full");

        assertThat(offer(third, "side")).isEqualTo("plain");
        assertThat(at(third, "side").toString()).contains("0 EUR shown and 0.5 EUR reserved of 0.6 EUR");
        see("v-2", second);
        assertThat(budget()).startsWith("{\"of\":\"EUR\",\"limit\":0.6,\"used\":0.25,\"reserved\":0.25,\"left\":0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"creative", "decisionId"})
    void nobodyUsesUpABudgetWithInventedDecisions(String property) {
        var answer = home("v-1");
        var own = answer.path("decisionId").asText();
        for (int i = 0; i < 5; i++) {
            var other = "%08x".formatted(i) + own.substring(8);
            var viewed = Events.track("m-" + i, "v-9", null, "Promotion Viewed");
            Events.with("promotion_id", "rush", viewed);
            assertThat(client.post("/v1/track", Events.with(property, other, viewed))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(budget()).contains("\"used\":0,\"reserved\":1");
        var viewed = Events.track("m-9", "v-1", null, "Promotion Clicked");
        Events.with("promotion_id", "rush", viewed);
        client.post("/v1/track", Events.with(property, own, viewed));
        assertThat(budget()).contains("\"used\":1,\"reserved\":0");
    }

    @Test
    void eachPersonGetsOneCodeAndKeepsIt() {
        var first = title(home("v-1"), "foot");
        var second = title(home("v-2"), "foot");

        assertThat(first).isEqualTo("Yours: F-00000");
        assertThat(second).isEqualTo("Yours: F-00001");
        assertThat(title(home("v-1"), "foot")).isEqualTo(first);
        var none = home("v-3", "full");
        assertThat(at(none, "foot").path("offer").isNull()).isTrue();
        assertThat(at(none, "foot").toString()).contains("all 2 codes of first are given");
        assertThat(client.get("/v1/packs/shop/codes").json().path("pools").toString())
                .isEqualTo("[{\"pool\":\"first\",\"codes\":2,\"given\":2,\"left\":0,\"low\":true}]");
    }

    @Test
    void whoIsForgottenHasNoCodeAndNobodyGetsTheirs() {
        client.post("/v1/track", Events.track("m-1", "v-1", null, "Product Viewed"));
        home("v-1");
        var id = client.get("/v1/visitors?anonymousId=v-1").json().path("id").asText();

        assertThat(client.delete("/v1/visitors/" + id).status()).isEqualTo(204);

        assertThat(title(home("v-2"), "foot")).isEqualTo("Yours: F-00001");
        Service.redis(redis.port(), connection -> {
            assertThat(connection.sync().hkeys("tappa:shop:{c:first}:given")).hasSize(1);
            return true;
        });
    }

    @Test
    void whoMayNotBeRememberedGetsNoCode() {
        var denied = Events.track("m-1", "v-1", null, "Product Viewed");
        denied.withObject("/context/consent").put("personalization_storage", "denied");
        client.post("/v1/track", denied);

        var answer = home("v-1", "full");

        assertThat(at(answer, "foot").path("offer").isNull()).isTrue();
        assertThat(at(answer, "foot").toString()).contains("may not be remembered");
        assertThat(title(home("v-2"), "foot")).isEqualTo("Yours: F-00000");
    }

    @Test
    void whatIsOnlyTriedGivesNothingAway() {
        var question = Events.question("v-1", null, "home").put("mode", "shadow");

        var answer = client.post("/v1/decisions", question).json();

        assertThat(title(answer, "foot")).isEqualTo("Yours: CODE");
        assertThat(offer(answer, "side")).isEqualTo("rush");
        assertThat(budget()).contains("\"used\":0,\"reserved\":0");
        assertThat(title(home("v-2"), "foot")).isEqualTo("Yours: F-00000");
    }

    @Test
    void codesThatAreAddedAreGivenFromThenOn() {
        home("v-1");
        home("v-2");
        shop.write("codes/first.csv", "F-00000\nF-00001\nNEW-1\n");

        assertThat(client.post("/v1/packs/shop:reload", "").status()).isEqualTo(200);
        clock.pass(Duration.ofSeconds(1));

        assertThat(title(home("v-3"), "foot")).isEqualTo("Yours: NEW-1");
        assertThat(title(home("v-1"), "foot")).isEqualTo("Yours: F-00000");
    }
}
