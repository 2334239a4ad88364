package io.tappa.api.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.Service;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that other machines reach: what a key in a web page may see and do there. */
@Timeout(60)
class PublishableKeyTest {
    private static ExternalRedis redis;
    private static Service service;

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

    private final Client page = service.client().with(ExternalRedis.PUBLISHABLE);
    private final Client server = service.client().with(ExternalRedis.SECRET);

    @Test
    void seesTheOfferButNeitherStageNorRuleNorReason() {
        var question = Events.question("a-1", null, "home").put("explain", "full");

        var shown = page.post("/v1/decisions", question).json();
        var inside = server.post("/v1/decisions", question).json();

        assertThat(shown.at("/decisions/0/offer").asText()).isNotBlank();
        assertThat(shown.at("/decisions/0/content").isObject()).isTrue();
        assertThat(shown.has("visitor")).isFalse();
        assertThat(shown.findValues("rule")).isEmpty();
        assertThat(shown.findValues("reason")).isEmpty();
        assertThat(shown.findValues("candidates")).isEmpty();
        assertThat(inside.has("visitor")).isTrue();
        assertThat(inside.findValues("candidates")).isNotEmpty();
    }

    @Test
    void doesNotKnowTheDemoKeys() {
        assertThat(page.with("pk_demo").post("/v1/batch", Events.batch()).status())
                .isEqualTo(401);
        assertThat(page.with("sk_demo").get("/v1/journeys").status()).isEqualTo(401);
    }

    @Test
    void speaksForAUserOnlyWithTheProofOfTheSite() throws GeneralSecurityException {
        var alone = Events.question(null, "u-1", "home");
        var forged = Events.question(null, "u-1", "home");
        forged.withObject("/visitor").put("userHash", proof("u-2"));
        var proven = Events.question(null, "u-1", "home");
        proven.withObject("/visitor").put("userHash", proof("u-1"));

        assertThat(page.post("/v1/decisions", alone).code()).isEqualTo("wrong-key-kind");
        assertThat(page.post("/v1/decisions", forged).code()).isEqualTo("wrong-key-kind");
        assertThat(page.post("/v1/decisions", proven).status()).isEqualTo(200);
        assertThat(server.post("/v1/decisions", alone).status()).isEqualTo(200);
    }

    @Test
    void sendsEventsOfAUserAloneOnlyWithTheProofOfTheSite() throws GeneralSecurityException {
        var alone = Events.track("m-2", null, "u-3", "Product Viewed");
        var proven = Events.track("m-3", null, "u-3", "Product Viewed");
        proven.withObject("/context").put("userHash", proof("u-3"));

        var answer = page.post("/v1/batch", Events.batch(alone, proven)).json();

        assertThat(answer.path("accepted").asInt()).isEqualTo(1);
        assertThat(answer.at("/refused/0/code").asText()).isEqualTo("wrong-key-kind");
        assertThat(answer.at("/refused/0/pointer").asText()).isEqualTo("/batch/0/userId");
    }

    @Test
    void aStrangerWhoIdentifiesAsSomebodySeesAndChangesNothing() {
        server.post("/v1/batch", Events.batch(Events.track("v-1", "victims", "victim", "Order Completed")));
        var before = known("userId=victim");
        var view = Events.track("s-1", "strangers", null, "Product Viewed");
        var claim = Events.identify("s-2", "strangers", "victim");
        claim.withObject("/traits").put("email", "victim@shop.example").put("newsletter", "no");

        var answer = page.post("/v1/batch", Events.batch(view, claim)).json();

        assertThat(answer.path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.path("degraded").toString()).isEqualTo("[\"unverified-user\"]");
        assertThat(known("userId=victim")).isEqualTo(before);
        assertThat(known("anonymousId=strangers").path("events").asInt()).isEqualTo(2);
        assertThat(known("anonymousId=strangers").path("id")).isNotEqualTo(before.path("id"));
        assertThat(known("anonymousId=strangers").path("ids")).hasSize(1);
        assertThat(server.get("/v1/visitors?email=victim@shop.example").status())
                .isEqualTo(404);
    }

    @Test
    void aStrangerWhoTookAUserIdBeforeItsOwnerCameGetsNothingOfTheOwner() throws GeneralSecurityException {
        page.post("/v1/batch", Events.batch(Events.identify("q-1", "squatter", "owner")));
        assertThat(known("userId=owner")).isEqualTo(known("anonymousId=squatter"));

        server.post("/v1/batch", Events.batch(Events.track("o-1", null, "owner", "Order Completed")));
        var proven = Events.track("o-2", "owners", "owner", "Product Viewed");
        proven.withObject("/context").put("userHash", proof("owner"));
        page.post("/v1/batch", Events.batch(proven));

        assertThat(known("userId=owner").path("events").asInt()).isEqualTo(2);
        assertThat(known("anonymousId=owners")).isEqualTo(known("userId=owner"));
        assertThat(known("anonymousId=squatter").path("events").asInt()).isEqualTo(1);
        page.post("/v1/batch", Events.batch(Events.identify("q-2", "squatter", "owner")));
        assertThat(known("userId=owner").path("events").asInt()).isEqualTo(2);
        assertThat(known("anonymousId=squatter").path("events").asInt()).isEqualTo(2);
    }

    @Test
    void aStrangerWhoGuessesADeviceDoesNotBecomeItsVisitor() {
        server.post(
                "/v1/batch", Events.batch(onDevice("k-1", "staff", "kiosk-7"), onDevice("k-2", "staff", "kiosk-7")));
        var before = known("device=kiosk-7");

        var view = Events.track("k-3", "guesser", null, "Product Viewed");
        var answer = page.post("/v1/batch", Events.batch(view, onDevice("k-4", "guesser", "kiosk-7")))
                .json();

        assertThat(answer.path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.path("degraded").toString()).isEqualTo("[\"unverified-device\"]");
        assertThat(known("device=kiosk-7")).isEqualTo(before);
        assertThat(known("anonymousId=guesser").path("events").asInt()).isEqualTo(2);
        assertThat(known("anonymousId=guesser").path("ids")).hasSize(1);
    }

    @Test
    void keepsADeviceThatNobodyUsedBeforeTogetherWithItsBrowser() {
        page.post("/v1/batch", Events.batch(onDevice("n-1", "own-app", "own-phone")));
        var answer = page.post("/v1/batch", Events.batch(onDevice("n-2", "own-app", "own-phone")));

        assertThat(answer.json().path("degraded")).isEmpty();
        assertThat(known("device=own-phone").path("events").asInt()).isEqualTo(2);
    }

    @Test
    void aProvenUserDoesNotGetTheCardOfSomebodyElse() throws GeneralSecurityException {
        var till = Events.track("c-1", null, "card-owner", "Order Completed");
        external(till, "card", "4711");
        server.post("/v1/batch", Events.batch(till));
        server.post(
                "/v1/batch", Events.batch(external(Events.track("c-2", null, null, "Product Viewed"), "card", "4712")));

        for (var card : new String[] {"4711", "4712"}) {
            var claim = external(Events.track("c-3" + card, "thief-browser", "thief", "Product Viewed"), "card", card);
            claim.withObject("/context").put("userHash", proof("thief"));
            page.post("/v1/batch", Events.batch(claim));
        }

        assertThat(known("userId=thief").path("events").asInt()).isEqualTo(2);
        assertThat(known("userId=thief").path("ids").toString()).doesNotContain("471");
        assertThat(known("card=4711").path("events").asInt()).isEqualTo(1);
        assertThat(known("card=4712").path("events").asInt()).isEqualTo(1);
    }

    private static ObjectNode onDevice(String messageId, String browser, String device) {
        return external(Events.track(messageId, browser, null, "Product Viewed"), "device", device);
    }

    private static ObjectNode external(ObjectNode event, String type, String id) {
        event.withObject("/context")
                .putArray("externalIds")
                .addObject()
                .put("type", type)
                .put("id", id);
        return event;
    }

    private JsonNode known(String ids) {
        var answer = server.get("/v1/visitors?" + ids + "&at=2030-01-01T00:00:00Z");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void sendsCloudEventsOfAUserOnlyWithTheProofOfTheSite() throws GeneralSecurityException {
        var event = """
                {"specversion":"1.0","id":"%s","source":"/page","type":"Product Viewed","subject":"%s"%s}""";
        var anonymous = page.post("/v1/events", event.formatted("1", "anonymousId:a-4", ""));
        var alone = page.post("/v1/events", event.formatted("2", "u-4", ""));
        var proof = ",\"userhash\":\"%s\"".formatted(proof("u-4"));
        var proven = page.post("/v1/events", event.formatted("3", "u-4", proof));

        assertThat(anonymous.status()).as(anonymous.body()).isEqualTo(202);
        assertThat(alone.status()).isEqualTo(400);
        assertThat(alone.json().at("/errors/0/code").asText()).isEqualTo("wrong-key-kind");
        assertThat(alone.json().at("/errors/0/pointer").asText()).isEqualTo("/subject");
        assertThat(proven.status()).as(proven.body()).isEqualTo(202);
    }

    private static String proof(String userId) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(ExternalRedis.IDENTITY_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(userId.getBytes(StandardCharsets.UTF_8)));
    }
}
