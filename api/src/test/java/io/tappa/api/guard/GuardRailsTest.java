package io.tappa.api.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Patience;
import io.tappa.api.pause.LivePauses;
import io.tappa.api.store.DisplayCounts.Kind;
import io.tappa.api.store.Escrow;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A campaign that runs away is stopped by itself, on all nodes, and its owner hears of it once. */
@Timeout(120)
class GuardRailsTest {
    private static final String SIDE = "home.side";

    @Test
    void aBudgetThatIsNearlyUsedUpPausesTheCampaignOnAllNodesAndIsToldOnce() throws Exception {
        try (var shop = new GuardedShop(2, "{ budget: 75 %, then: pause }")) {
            shop.side("v-1");
            shop.side("v-2");
            shop.looked();
            assertThat(shop.pauses()).isEmpty();

            assertThat(shop.side("v-3")).isEqualTo("rush");

            for (var node : shop.nodes) {
                var pauses = node.bean(LivePauses.class);
                Patience.until(
                        "held", GuardedShop.SOON, () -> pauses.now().byWhat().containsKey("campaign:rush"));
            }
            var pause = shop.pauses().get(0);
            assertThat(pause.path("by").asText()).isEqualTo("guard rail");
            assertThat(pause.path("until").isNull()).isTrue();
            assertThat(pause.path("reason").asText())
                    .isEqualTo(
                            "The guard rail \"budget\" of the campaign rush is reached: 3 of 4 displays of its budget are used or reserved, 75 %; the limit is 75 %.");
            assertThat(shop.side("v-4")).isEqualTo("plain");
            shop.told("campaign.paused campaign:rush");
            var news = shop.receiver.calls().get(0).body();
            assertThat(news.path("reason")).isEqualTo(pause.path("reason"));
            assertThat(news.path("pack").asText()).startsWith("shop@");
            assertThat(news.path("at").asText()).isEqualTo("2026-11-27T10:30:00Z");
        }
    }

    @Test
    void whoeverEndsThePauseIsNotPausedAgainBeforeTheLimitIsReachedAnew() throws Exception {
        try (var shop = new GuardedShop(1, "{ budget: 50 %, then: pause }")) {
            shop.side("v-1");
            shop.side("v-2");
            shop.told("campaign.paused campaign:rush");

            shop.client().delete("/v1/packs/shop/pauses/campaign:rush");
            shop.looked();

            assertThat(shop.pauses()).isEmpty();
            assertThat(shop.side("v-3")).isEqualTo("rush");
            assertThat(shop.findings().at("/findings/0/kind").asText()).isEqualTo("guard-rail");
            shop.clock.pass(Duration.ofMinutes(15));
            shop.looked();
            assertThat(shop.findings().path("findings")).isEmpty();
            shop.side("v-4");
            shop.side("v-5");
            shop.told("campaign.paused campaign:rush", "campaign.paused campaign:rush");
            assertThat(shop.pauses()).hasSize(1);
        }
    }

    @Test
    void aNodeThatTakesOverTellsNothingTwice() throws Exception {
        try (var shop = new GuardedShop(1, "{ budget: 25 %, then: pause }")) {
            shop.side("v-1");
            shop.told("campaign.paused campaign:rush");
            var first = shop.nodes.get(0);
            shop.start();

            first.close();
            shop.nodes.remove(first);

            shop.told("campaign.paused campaign:rush");
            assertThat(shop.pauses()).hasSize(1);
        }
    }

    @Test
    void warnOnlyTellsAndAtTheEarliestAnHourLaterAgain() throws Exception {
        try (var shop = new GuardedShop(2, "{ budget: 50 %, then: warn }")) {
            shop.side("v-1");
            shop.side("v-2");

            shop.told("campaign.warned campaign:rush");

            assertThat(shop.pauses()).isEmpty();
            assertThat(shop.side("v-3")).isEqualTo("rush");
            shop.clock.pass(Duration.ofMinutes(16));
            shop.looked();
            shop.side("v-4");
            shop.side("v-5");
            shop.told("campaign.warned campaign:rush");
            shop.clock.pass(Duration.ofMinutes(61));
            shop.looked();
            shop.side("v-6");
            shop.side("v-7");
            shop.told("campaign.warned campaign:rush", "campaign.warned campaign:rush");
        }
    }

    @Test
    void aPauseThatSomebodyPutIsLeftAsItIs() throws Exception {
        try (var shop = new GuardedShop(1, "{ budget: 25 %, then: pause }")) {
            shop.client()
                    .post("/v1/packs/shop/pauses", "{\"what\":\"campaign:rush\",\"reason\":\"the price is wrong\"}");
            shop.nodes
                    .get(0)
                    .bean(Escrow.class)
                    .reserve(new Escrow.Part("rush", "slot", "ref", 1, 4), shop.clock.millis(), Duration.ofHours(1))
                    .block();

            shop.told("campaign.warned campaign:rush");

            assertThat(shop.pauses().get(0).path("by").asText()).isEqualTo("server");
            assertThat(shop.receiver.calls().get(0).body().path("reason").asText())
                    .endsWith("It is paused already.");
        }
    }

    @Test
    void displaysAreComparedWithTheSameHourOfTheDaysBefore() throws Exception {
        try (var shop = new GuardedShop(1, "{ displays: 1.5 times forecast, then: pause }")) {
            shop.count(Kind.DECIDED, SIDE, "rush", 24, 300);
            shop.count(Kind.DECIDED, SIDE, "rush", 72, 500);
            shop.count(Kind.DECIDED, SIDE, "plain", 48, 9_000);
            shop.count(Kind.EXPOSED, SIDE, "rush", 0, 9_000);
            shop.count(Kind.DECIDED, SIDE, "rush", 0, 9_000);
            shop.looked();
            assertThat(shop.pauses()).isEmpty();
            assertThat(shop.findings().at("/guardRails/0").toString())
                    .isEqualTo(
                            "{\"campaign\":\"rush\",\"rail\":\"displays\",\"reached\":false,\"sentence\":\"No forecast yet: it was shown in this hour on 2 of the last 7 days, and 3 are needed.\"}");

            shop.count(Kind.DECIDED, SIDE, "rush", 168, 400);

            shop.told("campaign.paused campaign:rush");
            assertThat(shop.pauses().get(0).path("reason").asText())
                    .contains(
                            "9000 displays since 11:00, where 200 were foreseen for as much of the hour; the limit is 1.5 times as many.");
        }
    }

    @Test
    void displaysBelowTheLimitAndTooFewOfThemAreNothingToWorryAbout() throws Exception {
        try (var shop = new GuardedShop(1, "{ displays: 2 times forecast, then: pause }")) {
            for (int day = 1; day <= 7; day++) {
                shop.count(Kind.DECIDED, SIDE, "rush", day * 24, 400);
            }
            shop.count(Kind.DECIDED, SIDE, "rush", 0, 399);
            shop.looked();
            assertThat(shop.pauses()).isEmpty();

            shop.count(Kind.DECIDED, SIDE, "rush", 0, 1);

            shop.told("campaign.paused campaign:rush");
            assertThat(shop.findings().at("/findings/0/rail").asText()).isEqualTo("displays");
            shop.clock.pass(Duration.ofMinutes(40));
            shop.looked();
            var held = shop.findings().at("/findings/0");
            assertThat(held.path("paused").asBoolean()).isTrue();
            assertThat(held.path("cure").asText()).contains("DELETE /v1/packs/shop/pauses/campaign:rush");
        }
    }

    @Test
    void errorsAreThePartOfAnswersMadeInTrouble() throws Exception {
        try (var shop = new GuardedShop(1, "{ errors: 2 %, then: warn }")) {
            shop.count(Kind.ANSWERED, SIDE, "", 1, 60);
            shop.count(Kind.TROUBLED, SIDE, "", 1, 2);
            shop.count(Kind.ANSWERED, "cart.drawer", "", 0, 900);
            shop.count(Kind.TROUBLED, "cart.drawer", "", 0, 900);
            shop.count(Kind.TROUBLED, SIDE, "", 2, 900);
            shop.looked();
            assertThat(shop.findings().at("/guardRails/0/sentence").asText())
                    .isEqualTo("60 answers at its placements since 10:00; 100 are needed to judge.");

            shop.count(Kind.ANSWERED, SIDE, "", 0, 40);

            shop.told("campaign.warned campaign:rush");
            assertThat(shop.receiver.calls().get(0).body().path("reason").asText())
                    .contains(
                            "2 of 100 answers at its placements since 10:00 were made in trouble, 2 %; the limit is 2 %.");
        }
    }

    @Test
    void answersMadeWithoutTheStoreAreCountedOnceItIsBack() throws Exception {
        try (var shop = new GuardedShop(1, "{ errors: 2 %, then: warn }")) {
            shop.redis.kill();
            assertThat(shop.ask("v-1", "home").path("degraded").toString()).contains("store-unavailable");

            shop.redis.start();

            Patience.until("counted", GuardedShop.SOON, () -> shop.counted(Kind.TROUBLED, SIDE, "") == 1);
            assertThat(shop.counted(Kind.ANSWERED, SIDE, "")).isEqualTo(1);
        }
    }
}
