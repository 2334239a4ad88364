package io.tappa.api.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import java.util.ArrayList;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** At which filters an offer is lost, for how many people: counted where they are few, else estimated. */
@Timeout(180)
class BlockerRoutesTest {
    private static final String PATH = "/v1/packs/shop/blockers?offer=voucher";

    private static ExplainedShop nobody;

    @BeforeAll
    static void start() {
        nobody = new ExplainedShop();
    }

    @AfterAll
    static void stop() {
        nobody.close();
    }

    private static JsonNode asked(Client client, String path) {
        var answer = client.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static String bars(JsonNode answer) {
        var bars = new StringBuilder();
        answer.path("blockers")
                .forEach(bar -> bars.append(bar.path("filter").asText())
                        .append(' ')
                        .append(bar.path("people").asInt())
                        .append(' ')
                        .append(bar.path("share"))
                        .append("; "));
        return bars.toString();
    }

    @Test
    void countsPeopleByTheFilterTheOfferIsLostAtAndCountsNothingElse() {
        try (var shop = new ExplainedShop()) {
            for (int person = 0; person < 3; person++) {
                shop.visitor();
            }
            shop.withBasket();
            shop.decide(shop.withBasket(), "home");
            var buyer = shop.visitor();
            shop.track(buyer, "Order Completed");
            shop.track(buyer, "Product Added");
            var before = shop.client.get("/v1/visitors?anonymousId=" + buyer).body();

            var anywhere = asked(shop.client, PATH);
            var hero = asked(shop.client, PATH + "&placement=home.hero");
            var buyers = asked(shop.client, PATH + "&placement=home.hero&segment=buyers");

            assertThat(anywhere.path("of").asInt()).isEqualTo(6);
            assertThat(anywhere.path("looked").asInt()).isEqualTo(6);
            assertThat(anywhere.path("estimated").asBoolean()).isFalse();
            assertThat(anywhere.path("pack").asText())
                    .isEqualTo(shop.service.pack().version());
            assertThat(anywhere.path("placement").isNull()).isTrue();
            assertThat(anywhere.at("/shown/people").asInt())
                    .as("one at home.hero, the buyer at cart.banner")
                    .isEqualTo(2);
            assertThat(bars(anywhere)).isEqualTo("conditions 3 0.5; cap 1 0.1667; ");
            assertThat(anywhere.at("/blockers/0/missing/fact").asText()).isEqualTo("cartItems");
            assertThat(anywhere.at("/blockers/0/missing/label").asText()).isEqualTo("products in the basket");
            assertThat(anywhere.at("/blockers/0/missing/people").asInt()).isEqualTo(3);
            assertThat(anywhere.at("/blockers/1/missing").isMissingNode()).isTrue();
            assertThat(bars(hero)).isEqualTo("conditions 3 0.5; cap 1 0.1667; outranked 1 0.1667; ");
            assertThat(hero.at("/shown/people").asInt()).isEqualTo(1);
            assertThat(buyers.path("people").asInt()).isEqualTo(1);
            assertThat(buyers.path("segment").asText()).isEqualTo("buyers");
            assertThat(bars(buyers)).isEqualTo("outranked 1 1.0; ");
            assertThat(shop.client.get("/v1/visitors?anonymousId=" + buyer).body())
                    .isEqualTo(before);
            assertThat(asked(shop.client, PATH)).isEqualTo(anywhere);
            assertThat(asked(shop.client, "/v1/decisions:verify?last=10")
                            .path("checked")
                            .asInt())
                    .as("only the one decision that was asked for")
                    .isEqualTo(1);
        }
    }

    @Test
    void whatIsPausedNowIsPausedForAllWhoWouldSeeIt() {
        try (var shop = new ExplainedShop()) {
            shop.withBasket();
            shop.visitor();
            shop.client.post(
                    "/v1/packs/shop/pauses",
                    Events.body("what", "offer:voucher").put("reason", "price"));

            assertThat(bars(asked(shop.client, PATH))).isEqualTo("conditions 1 0.5; paused 1 0.5; ");
        }
    }

    @Test
    void nobodyIsNoHistogram() {
        var answer = asked(nobody.client, PATH + "&segment=buyers");

        assertThat(answer.path("people").asInt()).isZero();
        assertThat(answer.path("blockers")).isEmpty();
        assertThat(answer.at("/shown/share").asDouble()).isZero();
    }

    @Test
    void ofManyPeopleASampleIsLookedAt() {
        try (var shop = new ExplainedShop()) {
            for (int from = 0; from < 6_000; from += 500) {
                var events = new ArrayList<ObjectNode>();
                for (int person = from; person < from + 500; person++) {
                    var event = Events.track(
                            "m-" + person, "p-" + person, null, person % 4 == 0 ? "Product Added" : "Product Viewed");
                    event.withObject("/context/consent").put("personalization_storage", "granted");
                    Events.with("price", 40, Events.with("product_id", "p-1", event));
                    events.add(Events.at(shop.clock.now(), event));
                }
                shop.client.post("/v1/batch", Events.batch(events));
            }

            var answer = asked(shop.client, PATH);

            assertThat(answer.path("of").asInt()).isEqualTo(6_000);
            assertThat(answer.path("looked").asInt()).isBetween(250, 2_600);
            assertThat(answer.path("estimated").asBoolean()).isTrue();
            assertThat(answer.path("people").asInt()).isEqualTo(6_000);
            assertThat(answer.path("blockers")).hasSize(1);
            var conditions = answer.at("/blockers/0");
            assertThat(conditions.path("margin").asInt()).isPositive();
            assertThat(conditions.path("people").asInt())
                    .isCloseTo(
                            4_500, Offset.offset(4 * conditions.path("margin").asInt()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "shop/blockers;offer;No offer is named",
                "shop/blockers?offer=vocher;offer;Did you mean \"voucher\"?",
                "shop/blockers?offer=plain;offer;No rule shows",
                "shop/blockers?offer=voucher&placement=home.side;placement;cart.banner, home.hero",
                "shop/blockers?offer=voucher&segment=buyer;segment;Did you mean \"buyers\"?",
            })
    void saysWhatIsWrong(String path, String pointer, String contained) {
        var answer = nobody.client.get("/v1/packs/" + path);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-field");
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(answer.json().path("errors").toString().replace("\\\"", "\""))
                .contains(contained);
    }

    @Test
    void isForSecretKeysAndForTheLivePack() {
        assertThat(nobody.client.get("/v1/packs/shoe/blockers?offer=voucher").code())
                .isEqualTo("unknown-pack");
        assertThat(nobody.client.with("pk_demo").get(PATH).code()).isEqualTo("wrong-key-kind");
    }
}
