package io.tappa.api.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is answered of real decisions to the question why somebody did not see an offer. */
@Timeout(120)
class WhyNotRoutesTest {
    private static ExplainedShop shop;

    @BeforeAll
    static void start() {
        shop = new ExplainedShop();
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    private final Client client = shop.client;

    private static void one(JsonNode answer, String filter, int decisions) {
        assertThat(answer.path("blockers")).as(answer.toString()).hasSize(1);
        assertThat(answer.at("/blockers/0/filter").asText()).isEqualTo(filter);
        assertThat(answer.at("/blockers/0/decisions").asInt()).isEqualTo(decisions);
    }

    @Test
    void whoSawItOnceIsCappedThen() {
        var device = shop.withBasket();
        var begin = shop.clock.now();
        for (int time = 0; time < 3; time++) {
            shop.decide(device, "home");
        }

        var answer = shop.whyNot(device, "voucher", "");

        assertThat(answer.path("offer").asText()).isEqualTo("voucher");
        assertThat(answer.path("from").asText())
                .isEqualTo(shop.clock.now().minus(Duration.ofDays(2)).toString());
        assertThat(answer.path("to").asText()).isEqualTo(shop.clock.now().toString());
        assertThat(answer.path("decisions").asInt()).isEqualTo(3);
        assertThat(answer.path("shown").asInt()).isEqualTo(1);
        assertThat(answer.path("notJudged").asInt()).isZero();
        one(answer, "cap", 2);
        assertThat(answer.at("/blockers/0/last").asText())
                .isEqualTo(begin.plus(Duration.ofMinutes(2)).toString());
        assertThat(answer.at("/blockers/0/because").asText()).startsWith("capped: offer voucher at most 1×");
        assertThat(answer.path("paragraph").asText())
                .contains("the offer voucher was shown once in 3 decisions, on ")
                .contains("2 times this kept it away, last on ")
                .doesNotContain("\n");
    }

    @Test
    void speaksTheLanguageOfTheReader() {
        var device = shop.withBasket();
        shop.decide(device, "home");
        var request = client.request("/v1/visitors/%s/why-not?offer=voucher".formatted(shop.id(device)))
                .header("Accept-Language", "it-IT");

        var answer = client.send(request.GET().build());

        assertThat(answer.json().path("paragraph").asText())
                .contains("l'offerta voucher è stata mostrata una volta in 1 decisione, il ");
    }

    @Test
    void onlyThePeriodCounts() {
        var device = shop.withBasket();
        var first = shop.clock.now();
        shop.decide(device, "home");
        var second = shop.clock.now();
        shop.decide(device, "home");

        var then = shop.whyNot(device, "voucher", "&from=%s&to=%s".formatted(first, first));
        var later = shop.whyNot(device, "voucher", "&from=%s".formatted(second));

        assertThat(then.path("decisions").asInt()).isEqualTo(1);
        assertThat(then.path("shown").asInt()).isEqualTo(1);
        assertThat(later.path("decisions").asInt()).isEqualTo(1);
        one(later, "cap", 1);
    }

    @Test
    void aPauseIsNamed() {
        var device = shop.withBasket();
        var pauses = "/v1/packs/shop/pauses";
        client.post(pauses, Events.body("what", "offer:voucher").put("reason", "the price is wrong"));
        try {
            shop.decide(device, "home");
        } finally {
            client.delete(pauses + "/offer:voucher");
        }

        var answer = shop.whyNot(device, "voucher", "");

        one(answer, "paused", 1);
        assertThat(answer.path("paragraph").asText()).contains("paused (offer:voucher): the price is wrong.");
    }

    @Test
    void whoIsHeldOutIsToldSo() {
        String heldOut = null;
        for (int person = 0; person < 50 && heldOut == null; person++) {
            var device = shop.visitor();
            boolean sees = shop.decide(device, "home")
                    .at("/decisions/1/offer")
                    .asText()
                    .equals("sale");
            heldOut = sees ? null : device;
        }
        assertThat(heldOut).isNotNull();

        var answer = shop.whyNot(String.valueOf(heldOut), "sale", "");

        one(answer, "held-out", 1);
        assertThat(answer.path("paragraph").asText()).contains("held back to measure what the campaign sale brings.");
    }

    @Test
    void whoNeverCameThereIsToldSo() {
        var device = shop.withBasket();
        shop.decide(device, "cart");

        var answer = shop.whyNot(device, "gift", "");

        assertThat(answer.path("decisions").asInt()).isZero();
        assertThat(answer.path("blockers")).isEmpty();
        assertThat(answer.path("paragraph").asText())
                .contains("never came into question: no decision for this visitor at home.hero is on record.");
    }

    @Test
    void whatWonInItsPlaceIsNamed() {
        var device = shop.visitor();
        shop.track(device, "Order Completed");
        shop.track(device, "Product Added");
        shop.decide(device, "home");

        var answer = shop.whyNot(device, "voucher", "");

        one(answer, "outranked", 1);
        assertThat(answer.at("/blockers/0/winner").asText()).isEqualTo("gift");
        assertThat(answer.path("paragraph").asText())
                .contains("Once it lost to gift, on ")
                .contains("priority 76");
    }

    @Test
    void theNearestItGotIsTold() {
        var device = shop.visitor();
        shop.decide(device, "home");
        shop.decide(device, "cart");

        var answer = shop.whyNot(device, "voucher", "");

        one(answer, "conditions", 2);
        assertThat(answer.path("paragraph").asText())
                .contains("was never eligible in 2 decisions")
                .contains("products in the basket is 0 and must be at least 1 (1 more would do).");
    }

    @Test
    void decisionsOfAllIdsOfOnePersonCount() {
        var phone = shop.withBasket();
        var laptop = shop.withBasket();
        shop.decide(phone, "home");
        shop.decide(laptop, "home");
        for (var device : new String[] {phone, laptop}) {
            var event = Events.track("m-" + UUID.randomUUID(), device, "u-" + phone, "Product Viewed");
            event.withObject("/context/consent").put("personalization_storage", "granted");
            client.post("/v1/track", Events.at(shop.clock.now(), event));
        }
        shop.decide(laptop, "home");

        var answer = shop.whyNot(phone, "voucher", "");

        assertThat(shop.id(phone)).isEqualTo(shop.id(laptop));
        assertThat(answer.path("decisions").asInt()).isEqualTo(3);
        assertThat(answer.path("shown").asInt()).isEqualTo(2);
        one(answer, "cap", 1);
    }

    @Test
    void whatCannotBeMadeAgainIsOnlyCounted() {
        var device = shop.withBasket();
        shop.decide(device, "home");
        var pauses = "/v1/packs/shop/pauses";
        client.post(pauses, Events.body("what", "rule:sale").put("reason", "gone"));
        shop.decide(device, "home");
        client.delete(pauses + "/rule:sale");
        shop.service.redis(connection -> connection
                .sync()
                .del(Service.keys(connection, "tappa:shop:around:*").toArray(String[]::new)));

        var answer = shop.whyNot(device, "voucher", "");

        assertThat(answer.path("decisions").asInt()).isEqualTo(1);
        assertThat(answer.path("notJudged").asInt()).isEqualTo(1);
        assertThat(answer.path("paragraph").asText()).contains("1 decision could not be judged");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                ";offer;No offer is named",
                "offer=vocher;offer;Did you mean \"voucher\"?",
                "offer=;offer;There is no offer",
                "offer=gift&from=yesterday;from;is no moment",
                "offer=gift&to=2026-03-02;to;is no moment",
                "offer=gift&from=2026-03-02T10:00:00Z&to=2026-03-02T09:00:00Z;from;ends before it begins",
                "offer=gift&from=2126-03-02T10:00:00Z;from;ends before it begins",
                "offer=gift&from=2026-01-01T00:00:00Z&to=2026-04-02T00:00:00Z;from;at most 90 days",
            })
    void saysWhatIsWrong(String parameters, String pointer, String contained) {
        var device = shop.visitor();

        var answer = client.get(
                "/v1/visitors/%s/why-not?%s".formatted(shop.id(device), parameters == null ? "" : parameters));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-field");
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(answer.json().path("errors").toString().replace("\\\"", "\""))
                .contains(contained);
        assertThat(answer.json().at("/errors/0/cure").asText()).isNotBlank();
    }

    @Test
    void isForSecretKeysAndForVisitorsThereAre() {
        var path = "/v1/visitors/%s/why-not?offer=gift";
        var id = shop.id(shop.visitor());

        assertThat(client.with("pk_demo").get(path.formatted(id)).code()).isEqualTo("wrong-key-kind");
        assertThat(client.with(null).get(path.formatted(id)).code()).isEqualTo("unknown-key");
        assertThat(client.get(path.formatted("a".repeat(26))).code()).isEqualTo("no-such-visitor");
        assertThat(client.get(path.formatted("nonsense")).code()).isEqualTo("not-found");
    }
}
