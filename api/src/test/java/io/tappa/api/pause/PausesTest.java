package io.tappa.api.pause;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Service;
import io.tappa.api.store.PauseStore;
import io.tappa.engine.pause.Pause;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pausing over HTTP: what is answered, and what holds then. */
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
        "offer:basket-letter-short, 0, 1, 1",
        "campaign:winter-thanks, 1, 1, 1",
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
        var email = pause("channel:email", "because", null).json().path("held");
        for (var what : List.of("placements", "rules")) {
            assertThat(site.path(what).asInt() + email.path(what).asInt())
                    .isEqualTo(everything.path(what).asInt());
        }
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
    void endsByItselfAtItsMoment() {
        pause("offer:voucher-10", "because", "2099-12-31T08:00:00Z");
        long end = Instant.parse("2099-12-31T08:00:00Z").toEpochMilli();

        assertThat(held("offer:voucher-10", end - 1)).isTrue();
        assertThat(held("offer:voucher-10", end)).isFalse();
    }

    @Test
    void whatHasEndedIsNotListedCannotBeEndedAndIsClearedAwayByTheNextOne() {
        var store = service.bean(PauseStore.class);
        long past = Instant.now().toEpochMilli() - 1;
        store.put(new Pause("offer:voucher-10", "because", 0, past, "test")).block();
        store.put(new Pause("offer:voucher-5", "because", 0, Long.MAX_VALUE, "test"))
                .block();
        assertThat(stored("offer:voucher-10")).isNull();

        store.put(new Pause("offer:voucher-10", "because", 0, past, "test")).block();

        assertThat(stored("offer:voucher-10")).isNotNull();
        assertThat(list()).hasSize(1);
        assertThat(client.delete(PAUSES + "/offer:voucher-10").code()).isEqualTo("unknown-pause");
    }

    @Test
    void theSameAgainTakesThePlaceOfTheFirst() {
        pause("everything", "at first", "2099-12-31");
        pause("everything", "later" + "!".repeat(495), null);

        assertThat(list()).hasSize(1);
        assertThat(list().get(0).path("reason").asText()).hasSize(500).startsWith("later!");
        assertThat(list().get(0).path("until").isNull()).isTrue();
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
        return held(what, Instant.now().toEpochMilli());
    }

    private static boolean held(String what, long atMillis) {
        return service.bean(LivePauses.class).now().holding(what, atMillis) != null;
    }

    private static @Nullable String stored(String what) {
        return service.redis(redis -> redis.sync().hget("tappa:shop:pauses", what));
    }
}
