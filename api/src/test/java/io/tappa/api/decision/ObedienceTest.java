package io.tappa.api.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.api.pack.ShopCopy;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What changes between two decisions the next one obeys: on the same node at once, on every other within a second. */
@Timeout(120)
class ObedienceTest {
    /** One second, and as much again for machines that do several things at once. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private static ShopCopy shop;
    private static ExternalRedis redis;
    private static Service one;
    private static Service other;

    @BeforeAll
    static void start() throws Exception {
        shop = new ShopCopy();
        shop.replace(
                "offers.yaml",
                "  newsletter-signup:\n",
                "  newsletter-signup:\n    purpose: analytics_storage\n    product: pen-1\n");
        shop.replace("contact-policy.yaml", "newsletter-signup, times: 3", "newsletter-signup, times: 50");
        redis = new ExternalRedis().start();
        one = redis.service(shop.setting());
        other = redis.service(shop.setting());
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        redis.close();
        shop.close();
    }

    private final Client here = one.client().with(ExternalRedis.SECRET);
    private final Client there = other.client().with(ExternalRedis.SECRET);
    private final String id = UUID.randomUUID().toString();

    private JsonNode sidebar(Client client) {
        var question = Events.question(id, null, "home");
        question.putArray("placements").add("sidebar");
        return client.post("/v1/decisions", question).json();
    }

    private static String offer(JsonNode answer) {
        return answer.at("/decisions/0/offer").asText();
    }

    private void say(Client client, String status) {
        var told = Events.track(UUID.randomUUID().toString(), id, null, "Consent Updated");
        var answer = client.post(
                "/v1/track", Events.with("status", status, Events.with("purpose", "analytics_storage", told)));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void consentThatIsWithdrawnHoldsForTheVeryNextDecisionOfEveryNode() {
        say(here, "granted");
        assertThat(offer(sidebar(here))).isEqualTo("newsletter-signup");

        assertThat(offer(sidebar(there))).isEqualTo("newsletter-signup");
        say(here, "denied");

        assertThat(offer(sidebar(there))).isEqualTo("bestsellers");
        assertThat(sidebar(there).at("/decisions/0/reason").asText())
                .isEqualTo("consent to analytics_storage was denied");
        assertThat(offer(sidebar(here))).isEqualTo("bestsellers");
        say(there, "granted");
        assertThat(offer(sidebar(here))).isEqualTo("newsletter-signup");
    }

    @Test
    void aPauseHoldsHereAtOnceAndThereWithinASecondAndItsDecisionsVerify() throws Exception {
        say(here, "granted");
        var before = sidebar(here);
        assertThat(offer(before)).isEqualTo("newsletter-signup");

        var paused = here.post("/v1/packs/shop/pauses", "{\"what\":\"offer:newsletter-signup\",\"reason\":\"typo\"}");
        assertThat(paused.status()).as(paused.body()).isEqualTo(200);

        var held = sidebar(here);
        assertThat(offer(held)).isEqualTo("bestsellers");
        assertThat(held.at("/decisions/0/reason").asText()).isEqualTo("paused (offer:newsletter-signup): typo");
        Patience.until("the other node obeys", SOON, () -> offer(sidebar(there)).equals("bestsellers"));

        here.delete("/v1/packs/shop/pauses/offer:newsletter-signup");
        assertThat(offer(sidebar(here))).isEqualTo("newsletter-signup");
        Patience.until(
                "the other node goes on", SOON, () -> offer(sidebar(there)).equals("newsletter-signup"));
        for (var decision : new JsonNode[] {before, held}) {
            var verdict =
                    there.get("/v1/decisions/" + decision.path("decisionId").asText() + "/verify");
            assertThat(verdict.json().path("verified").asBoolean())
                    .as(verdict.body())
                    .isTrue();
        }
        assertThat(there.get("/v1/decisions/" + held.path("decisionId").asText())
                        .json()
                        .at("/decisions/0/reason")
                        .asText())
                .isEqualTo("paused (offer:newsletter-signup): typo");
    }

    @Test
    void whatIsSoldOutIsNotOfferedUntilItIsBack() throws Exception {
        say(here, "granted");
        product("out_of_stock");
        Patience.until("it is not offered", SOON, () -> offer(sidebar(there)).equals("bestsellers"));
        var without = sidebar(there);
        assertThat(without.at("/decisions/0/reason").asText()).isEqualTo("the product pen-1 is not in stock");
        assertThat(here.get("/v1/decisions/" + without.path("decisionId").asText() + "/verify")
                        .json()
                        .path("verified")
                        .asBoolean())
                .isTrue();

        product("in_stock");

        Patience.until("it is offered again", SOON, () -> offer(sidebar(there)).equals("newsletter-signup"));
    }

    private void product(String availability) {
        var row = "{\"id\":\"pen-1\",\"title\":\"Pen\",\"availability\":\"" + availability + "\"}";
        var answer = here.send(here.request("/v1/data/products")
                .setHeader("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(row))
                .build());
        assertThat(answer.status()).as(answer.body()).isBetween(200, 202);
    }

    @Test
    void whenEverythingIsPausedNothingIsShownNotEvenAFallback() {
        here.post("/v1/packs/shop/pauses", "{\"what\":\"everything\",\"reason\":\"incident\"}");
        try {
            for (var decided : here.post("/v1/decisions", Events.question(id, null, "home"))
                    .json()
                    .path("decisions")) {
                assertThat(decided.path("offer").isNull()).isTrue();
            }
        } finally {
            here.delete("/v1/packs/shop/pauses/everything");
        }
    }
}
