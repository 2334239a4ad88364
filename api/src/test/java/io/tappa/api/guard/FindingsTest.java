package io.tappa.api.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.Patience;
import io.tappa.api.store.DisplayCounts.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nobody sees and what runs out is found, and the owner is told. */
@Timeout(120)
class FindingsTest {
    private static final String QUIET = "{ errors: 100 %, then: warn }";
    private static final String DRAWER = "cart.drawer";

    private static ObjectNode viewed(String messageId, String placement) {
        var viewed = Events.track(messageId, "v-1", null, "Promotion Viewed");
        Events.with("promotion_id", "plain", viewed);
        return placement.isEmpty() ? viewed : Events.with("position", placement, viewed);
    }

    @Test
    void displaysAndExposuresAreCountedByTheHour() throws Exception {
        try (var shop = new GuardedShop(1, QUIET)) {
            shop.ask("v-1", "cart");
            shop.client()
                    .post("/v1/decisions", Events.question("v-1", null, "cart").put("mode", "shadow"));
            shop.client()
                    .post("/v1/decisions", Events.question("v-1", null, "cart").put("at", "2026-11-28T10:00:00Z"));
            shop.client().post("/v1/track", viewed("m-1", DRAWER));
            shop.client().post("/v1/track", viewed("m-1", DRAWER));
            shop.client().post("/v1/track", viewed("m-2", "drawer"));
            shop.client().post("/v1/track", viewed("m-3", ""));
            shop.client()
                    .post("/v1/track", Events.at(shop.clock.instant().minusSeconds(90_000), viewed("m-4", DRAWER)));
            var with = Events.question("v-2", null, "cart");
            with.putArray("events").add(viewed("m-5", DRAWER).without("anonymousId"));
            shop.client().post("/v1/decisions", with);

            var unknown = viewed("m-6", DRAWER).put("anonymousId", "v-3");
            unknown.withObject("/context/consent").put("personalization_storage", "denied");
            shop.client().post("/v1/track", unknown);

            Patience.until("counted", GuardedShop.SOON, () -> shop.counted(Kind.EXPOSED, DRAWER, "plain") == 4);
            Patience.until("counted", GuardedShop.SOON, () -> shop.counted(Kind.DECIDED, DRAWER, "plain") == 2);
            assertThat(shop.counted(Kind.EXPOSED, "", "plain")).isEqualTo(1);
            assertThat(shop.counted(Kind.ANSWERED, DRAWER, "")).isEqualTo(2);
            assertThat(shop.counted(Kind.TROUBLED, DRAWER, "")).isZero();
        }
    }

    @Test
    void aPlacementThatIsDecidedOftenAndNeverSeenIsFoundAndToldOnceADay() throws Exception {
        try (var shop = new GuardedShop(2, QUIET)) {
            shop.count(Kind.DECIDED, DRAWER, "plain", 3, 600);
            shop.count(Kind.DECIDED, DRAWER, "rush", 0, 400);
            shop.count(Kind.EXPOSED, DRAWER, "plain", 0, 9);
            shop.count(Kind.DECIDED, "home.side", "rush", 0, 999);
            shop.count(Kind.DECIDED, "home.foot", "coded", 0, 5_000);
            shop.count(Kind.EXPOSED, "", "coded", 0, 50);
            shop.count(Kind.DECIDED, "old.slot", "plain", 0, 5_000);

            shop.told("placement.never-exposed placement:cart.drawer");

            assertThat(shop.findings().path("findings").toString())
                    .isEqualTo(
                            "[{\"kind\":\"never-exposed\",\"placement\":\"cart.drawer\",\"decided\":1000,\"exposed\":9,\"since\":\"2026-11-27T07:00:00Z\","
                                    + "\"sentence\":\"1000 offers were decided for cart.drawer since 2026-11-27T07:00:00Z, and 9 of them were seen.\","
                                    + "\"cure\":\"Send Promotion Viewed with the decisionId of the answer, promotion_id, and \\\"position\\\": \\\"cart.drawer\\\", once an offer is on the screen; or stop asking for the placement.\"}]");
            shop.clock.pass(Duration.ofHours(23));
            shop.count(Kind.DECIDED, DRAWER, "plain", 0, 2_000);
            shop.told("placement.never-exposed placement:cart.drawer");
            shop.clock.pass(Duration.ofHours(1));
            shop.told("placement.never-exposed placement:cart.drawer", "placement.never-exposed placement:cart.drawer");
            shop.count(Kind.EXPOSED, DRAWER, "plain", 0, 100);
            assertThat(shop.findings().path("findings")).isEmpty();
        }
    }

    @Test
    void codesThatRunOutAreToldOnceUntilThereAreMore() throws Exception {
        try (var shop = new GuardedShop(1, QUIET)) {
            for (int i = 0; i < 19; i++) {
                shop.ask("v-" + i, "home");
            }
            shop.told("codes.low codes:first");
            shop.ask("v-19", "home");
            shop.told("codes.low codes:first");
            assertThat(shop.findings().path("findings").toString())
                    .isEqualTo(
                            "[{\"kind\":\"codes-low\",\"pool\":\"first\",\"codes\":20,\"left\":0,\"sentence\":\"0 of the 20 codes of first are left.\",\"cure\":\"Add codes to codes/first.csv and publish the pack.\"}]");

            shop.codes(40);
            assertThat(shop.client().post("/v1/packs/shop:reload", "").status()).isEqualTo(200);
            shop.looked();

            assertThat(shop.findings().path("findings")).isEmpty();
            shop.codes(22);
            shop.client().post("/v1/packs/shop:reload", "");
            shop.told("codes.low codes:first", "codes.low codes:first");
        }
    }

    @Test
    void findingsAreForSecretKeysAndTheCampaignKeepsToItsGuardRails() {
        try (var shop = new GuardedShop(1, QUIET)) {
            var page = shop.nodes.get(0).client().with(ExternalRedis.PUBLISHABLE);

            assertThat(page.get("/v1/findings").code()).isEqualTo("wrong-key-kind");
            assertThat(shop.client().get("/v1/campaigns/rush").json().has("notEnforced"))
                    .isFalse();
            assertThat(shop.findings().path("guardRails").toString())
                    .isEqualTo(
                            "[{\"campaign\":\"rush\",\"rail\":\"errors\",\"reached\":false,\"sentence\":\"0 answers at its placements since 10:00; 100 are needed to judge.\"}]");
        }
    }
}
