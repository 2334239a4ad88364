package io.tappa.api.pause;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.api.store.PauseStore;
import io.tappa.engine.pause.Pause;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pausing over HTTP: what is answered, what holds then, and what is refused. */
@Timeout(60)
class PausesTest {
    private static final String PAUSES = "/v1/packs/shop/pauses";
    private static Service service;
    private static Client client;

    @BeforeAll
    static void start() {
        service = Service.start();
        client = service.client();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void endAll() {
        client.get(PAUSES)
                .json()
                .path("pauses")
                .forEach(
                        pause -> client.delete(PAUSES + "/" + pause.path("what").asText()));
        assertThat(list()).isEmpty();
    }

    @Test
    void holdsFromTheAnswerOnIsListedAndHoldsNoMoreOnceItIsEnded() {
        var before = Instant.now();

        var answer = pause("offer:voucher-10", " the price is wrong ", null);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(held("offer:voucher-10")).isTrue();
        var pause = answer.json();
        assertThat(pause.path("pack").asText()).isEqualTo(service.pack().version());
        assertThat(pause.path("what").asText()).isEqualTo("offer:voucher-10");
        assertThat(pause.path("reason").asText()).isEqualTo("the price is wrong");
        assertThat(Instant.parse(pause.path("since").asText()))
                .isBetween(before.minusMillis(1), Instant.now().plusMillis(1));
        assertThat(pause.path("until").isNull()).isTrue();
        assertThat(pause.path("by").asText()).isEqualTo("sk_demo");
        assertThat(list()).hasSize(1);
        assertThat(((ObjectNode) pause).without("pack").toString())
                .isEqualTo(list().get(0).toString());

        var ended = client.delete(PAUSES + "/offer:voucher-10");

        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.json().path("ended").asText()).isEqualTo("offer:voucher-10");
        assertThat(held("offer:voucher-10")).isFalse();
        assertThat(list()).isEmpty();
        assertThat(client.delete(PAUSES + "/offer:voucher-10").code()).isEqualTo("unknown-pause");
    }

    @ParameterizedTest(name = "{0} holds {1} rules and {2} offers at {3} placements")
    @CsvSource({
        "rule:click-and-collect-evening, 1, 1, 2",
        "offer:voucher-10, 1, 1, 1",
        "offer:bestsellers, 0, 1, 2",
        "channel:pos, 0, 0, 0",
    })
    void saysWhatItHolds(String what, int rules, int offers, int placements) {
        var held = pause(what, "because", null).json().path("held");

        assertThat(held.path("rules").asInt()).isEqualTo(rules);
        assertThat(held.path("offers").asInt()).isEqualTo(offers);
        assertThat(held.path("placements").asInt()).isEqualTo(placements);
    }

    @Test
    void everythingHoldsAllThatAnyRuleOrFallbackShowsAndARuleThatKeepsAwayHoldsNoOffer() {
        var everything = pause("everything", "because", null).json().path("held");
        var site = pause("channel:site", "because", null).json().path("held");
        var away = pause("rule:detractor-no-referral", "because", null).json().path("held");

        int placements = service.pack().touchpoints().all().stream()
                .mapToInt(touchpoint -> touchpoint.placements().size())
                .sum();
        assertThat(everything.path("placements").asInt()).isEqualTo(placements);
        assertThat(everything.path("rules").asInt())
                .isBetween(20, service.pack().decisions().rules().size() - 3);
        assertThat(everything.path("offers").asInt())
                .isEqualTo(service.pack().offers().all().size());
        assertThat(site).isEqualTo(everything);
        assertThat(away.path("rules").asInt()).isEqualTo(1);
        assertThat(away.path("offers").asInt()).isZero();
        assertThat(away.path("placements").asInt()).isEqualTo(placements);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "2099-12-31, 2099-12-31T23:00:00Z",
        "2099-07-01, 2099-07-01T22:00:00Z",
        "2099-12-31 08:00, 2099-12-31T07:00:00Z",
        "2099-12-31T08:00:30+05:00, 2099-12-31T03:00:30Z",
    })
    void endsAfterADayInThePacksZoneOrAtAMoment(String until, String moment) {
        var pause = pause("everything", "because", until).json();

        assertThat(pause.path("until").asText()).isEqualTo(moment);
        assertThat(held("everything")).isTrue();
    }

    @Test
    void endsByItselfAndIsClearedAwayByTheNextOne() throws Exception {
        var until = Instant.now().plusMillis(400);
        pause("offer:voucher-10", "because", until.toString());
        assertThat(held("offer:voucher-10")).isTrue();

        Patience.until(
                "it has ended", Duration.ofSeconds(5), () -> !Instant.now().isBefore(until));

        assertThat(held("offer:voucher-10")).isFalse();
        assertThat(list()).isEmpty();
        assertThat(stored("offer:voucher-10")).isNotNull();
        assertThat(client.delete(PAUSES + "/offer:bestsellers").status()).isEqualTo(404);
        pause("offer:bestsellers", "because", null);
        assertThat(stored("offer:voucher-10")).isNull();
    }

    @Test
    void theSameAgainTakesThePlaceOfTheFirst() {
        pause("everything", "at first", "2099-12-31");
        pause("everything", "later", null);

        assertThat(list()).hasSize(1);
        assertThat(list().get(0).path("reason").asText()).isEqualTo("later");
        assertThat(list().get(0).path("until").isNull()).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "rule:cart-smal-finds      | There is no rule \"cart-smal-finds\".  | Did you mean \"cart-small-finds\"?",
                "offer:voucher-11          | There is no offer \"voucher-11\".      | Did you mean \"voucher-10\"?",
                "offer:cart-small-finds    | There is no offer \"cart-small-finds\".| offers.",
                "offer:                    | There is no offer \"\".                | offers.",
                "channel:sit               | There is no channel \"sit\".           | Did you mean \"site\"? The channels are: email,",
                "campaign:spring           | There is no campaign \"spring\".       | There are 0 campaigns.",
                "voucher-10                | \"voucher-10\" names nothing           | Did you mean \"offer:voucher-10\"? Write everything,",
                "cart-small-finds          | \"cart-small-finds\" names nothing     | Did you mean \"rule:cart-small-finds\"?",
                "ofer:voucher-10           | \"ofer:voucher-10\" names nothing      | Did you mean \"offer:voucher-10\"?",
                "Everything                | \"Everything\" names nothing           | Did you mean \"everything\"?",
                "nonsense                  | \"nonsense\" names nothing             | Write everything, channel:NAME,",
                ":                         | \":\" names nothing                    | Write everything, channel:NAME,",
            })
    void refusesWhatThePackDoesNotKnow(String what, String detail, String cure) {
        var answer = pause(what, "because", null);

        refused(answer, "/what", detail, cure);
        assertThat(list()).isEmpty();
    }

    @Test
    void refusesABodyThatDoesNotFit() {
        refused(post("{\"reason\":\"because\"}"), "/what", "does not say what", "for example offer:");
        refused(post("{\"what\":[],\"reason\":\"because\"}"), "/what", "no text", "JSON string");
        refused(post("{\"what\":\"everything\"}"), "/reason", "at most 500", "Send for example");
        refused(pause("everything", " \t ", null), "/reason", "at most 500", "Send for example");
        refused(pause("everything", "a".repeat(501), null), "/reason", "at most 500", "Send for example");
        refused(pause("everything", "because", "tomorrow"), "/until", "no moment", "2026-12-31");
        refused(pause("everything", "because", "2026-02-30"), "/until", "no moment", "2026-12-31");
        refused(pause("everything", "because", ""), "/until", "no moment", "2026-12-31");
        refused(post("{\"what\":\"everything\",\"reason\":\"a\",\"until\":1}"), "/until", "no moment", "2026-12-31");
        refused(pause("everything", "because", "2026-01-01"), "/until", "already", "later moment");
        refused(post("{\"what\":\"everything\",\"reson\":\"a\"}"), "/reson", "means nothing", "\"reason\"?");
        assertThat(post("[]").code()).isEqualTo("bad-json");
        assertThat(post("").code()).isEqualTo("bad-json");
        assertThat(pause("everything", "a".repeat(500), null).status()).isEqualTo(200);
    }

    @Test
    void onlySecretKeysPauseAndOnlyThePackThatIsServed() {
        var page = client.with("pk_demo");
        var body = question("everything", "because", null).toString();

        assertThat(page.post(PAUSES, body).code()).isEqualTo("wrong-key-kind");
        assertThat(page.get(PAUSES).code()).isEqualTo("wrong-key-kind");
        assertThat(page.delete(PAUSES + "/everything").code()).isEqualTo("wrong-key-kind");
        assertThat(client.with(null).post(PAUSES, body).status()).isEqualTo(401);
        assertThat(client.post("/v1/packs/shap/pauses", body).code()).isEqualTo("unknown-pack");
        assertThat(client.get("/v1/packs/shap/pauses").code()).isEqualTo("unknown-pack");
        assertThat(client.delete("/v1/packs/shap/pauses/everything").code()).isEqualTo("unknown-pack");
        assertThat(list()).isEmpty();
    }

    @Test
    void leavesTheOtherPathsOfThePackAlone() {
        assertThat(client.post("/v1/packs/shop:reload", "").status()).isEqualTo(200);
        assertThat(client.post("/v1/packs/shop:pauses", "").code()).isEqualTo("not-found");
        assertThat(client.get("/v1/packs/shop/facts").status()).isEqualTo(200);
        assertThat(client.get(PAUSES + "/everything").code()).isEqualTo("method-not-allowed");
        assertThat(client.post(PAUSES + "/everything", "{}").allow()).isEqualTo("DELETE");
        var put =
                client.send(client.request(PAUSES).PUT(BodyPublishers.noBody()).build());
        assertThat(put.code()).isEqualTo("method-not-allowed");
        assertThat(put.allow().split(",")).containsExactlyInAnyOrder("GET", "POST");
    }

    @Test
    void saysWhichPauseWasMeantWhenThereIsNoneToEnd() {
        pause("offer:voucher-10", "because", null);

        var answer = client.delete(PAUSES + "/offer:vocher-10");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().at("/errors/0/cure").asText()).startsWith("Did you mean \"offer:voucher-10\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%ff", "a%2Fb", "a%20b", "%F0%9F%8E%81", "*", ";", "everything;a=b", "%25", ".."})
    void strangeNamesEndNothing(String what) {
        assertThat(client.delete(PAUSES + "/" + what).status()).isIn(400, 404, 405);
    }

    @Test
    void aVeryLongNameIsRefusedAtOnce() {
        assertThat(pause("offer:" + "x".repeat(400_000), "because", null).status())
                .isEqualTo(400);
        assertThat(pause("x".repeat(400_000), "because", null).status()).isEqualTo(400);
        assertThat(pause("everything", "because", "2".repeat(400_000)).status()).isEqualTo(400);
    }

    @Test
    void noMoreThanFiveHundredHoldButEverythingAlwaysCan() {
        var store = service.bean(PauseStore.class);
        for (int i = 0; i < PauseStore.MOST; i++) {
            var one = new Pause("rule:r-" + i, "many", 0, Long.MAX_VALUE, "test");
            assertThat(store.put(one).block()).isTrue();
        }

        refused(pause("offer:voucher-10", "because", null), "/what", "500 things are paused already", "End some");
        assertThat(pause("everything", "because", null).status()).isEqualTo(200);
        assertThat(store.put(new Pause("rule:r-7", "again", 0, Long.MAX_VALUE, "test"))
                        .block())
                .isTrue();
        assertThat(client.delete(PAUSES + "/rule:r-7").status()).isEqualTo(200);
        assertThat(pause("offer:voucher-10", "because", null).status()).isEqualTo(200);
        refused(pause("offer:voucher-5", "because", null), "/what", "500 things are paused already", "End some");
        assertThat(list()).hasSize(PauseStore.MOST + 1);
        assertThat(list().get(3).at("/held/rules").asInt()).isZero();
    }

    @Test
    void survivesARestart() {
        var data = Service.temporaryFolder();
        try {
            try (var first = Service.startOn(data)) {
                first.client().post(PAUSES, question("channel:site", "the site moves", "2099-12-31"));
            }
            try (var second = Service.startOn(data)) {
                assertThat(second.bean(LivePauses.class).now().byWhat()).containsOnlyKeys("channel:site");
                assertThat(second.client()
                                .get(PAUSES)
                                .json()
                                .at("/pauses/0/reason")
                                .asText())
                        .isEqualTo("the site moves");
            }
        } finally {
            Service.delete(data);
        }
    }

    private static void refused(Client.Answer answer, String pointer, String detail, String cure) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-field");
        var reason = answer.json().at("/errors/0");
        assertThat(reason.path("pointer").asText()).isEqualTo(pointer);
        assertThat(reason.path("detail").asText()).contains(detail);
        assertThat(reason.path("cure").asText()).contains(cure);
    }

    private static Client.Answer pause(String what, String reason, @Nullable String until) {
        return client.post(PAUSES, question(what, reason, until));
    }

    private static Client.Answer post(String body) {
        return client.post(PAUSES, body);
    }

    private static ObjectNode question(String what, String reason, @Nullable String until) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("what", what)
                .put("reason", reason)
                .put("until", until);
    }

    private static JsonNode list() {
        return client.get(PAUSES).json().path("pauses");
    }

    private static boolean held(String what) {
        return service.bean(LivePauses.class).now().holding(what, Instant.now().toEpochMilli()) != null;
    }

    private static @Nullable String stored(String what) {
        return service.redis(redis -> redis.sync().hget("tappa:shop:pauses", what));
    }
}
