package io.tappa.api.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Events;
import io.tappa.api.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What surrounded archived decisions is kept with them, as long as they are. */
@Timeout(120)
class ArchivedSurroundingsTest {
    private static final String PAUSES = "/v1/packs/shop/pauses";

    private ArchivedShop shop;
    private final List<String> ids = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        shop = new ArchivedShop();
        ids.add(shop.decide("before", "home", "it"));
        shop.clock.pass(Duration.ofSeconds(1));
        pause("offer:bestsellers");
        for (int i = 0; i < 10; i++) {
            ids.add(shop.decide("while-" + i, "home", "it"));
        }
        shop.clock.pass(Duration.ofHours(3));
        pause("everything");
        ids.add(shop.decide("later", "home", "it"));
        shop.endTurn();
        shop.round(shop.one);
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private void pause(String what) {
        var pause = Events.body("what", what).put("reason", "a test");
        assertThat(shop.here.post(PAUSES, pause).status()).isEqualTo(200);
    }

    private List<String> kept() {
        return shop.files().keySet().stream()
                .filter(name -> name.startsWith("shop/around/"))
                .toList();
    }

    /** As it is once they have had their days in Redis. */
    private void forgetSurroundings() {
        Service.redis(shop.redis.port(), connection -> {
            var keys = Service.keys(connection, "*:around:*");
            assertThat(keys).hasSize(2);
            return connection.sync().del(keys.toArray(String[]::new));
        });
    }

    @Test
    void decisionsComeOutAgainOnceRedisHasForgottenWhatSurroundedThem() throws Exception {
        assertThat(kept()).hasSize(2);
        shop.deleteLogs();
        forgetSurroundings();

        for (var id : ids) {
            var verdict = shop.there().get("/v1/decisions/" + id + "/verify");
            assertThat(verdict.json().path("verified").asBoolean())
                    .as(verdict.body())
                    .isTrue();
            assertThat(verdict.json().path("from").asText()).isEqualTo("archive");
        }
    }

    @Test
    void theListTellsThem() {
        shop.endTurn();
        forgetSurroundings();

        var lines = shop.here.lines("/v1/decisions");

        assertThat(lines).hasSize(ids.size() + 2);
        assertThat(lines.get(1)
                        .at("/surroundings/paused/offer:bestsellers/reason")
                        .asText())
                .isEqualTo("a test");
        assertThat(lines.get(lines.size() - 2).path("surroundings").path("paused"))
                .hasSize(2);
        var page = shop.here.get("/v1/decisions").json().path("decisions");
        assertThat(page).hasSize(ids.size()).noneMatch(one -> one.has("unknownSurroundings"));
    }

    @Test
    void onceTheyAreNowhereTheDecisionIsNotTold() {
        shop.deleteLogs();
        forgetSurroundings();
        Service.delete(shop.folder.resolve("shop").resolve("around"));

        assertThat(shop.here.get("/v1/decisions/" + ids.get(0) + "/verify").status())
                .isEqualTo(200);
        assertThat(shop.here.get("/v1/decisions/" + ids.get(1) + "/verify").code())
                .isEqualTo("unknown-pack");
        shop.endTurn();
        var page = shop.here.get("/v1/decisions").json().path("decisions");
        assertThat(page.get(0).path("unknownSurroundings").asBoolean()).isTrue();
        assertThat(page.get(ids.size() - 1).has("unknownSurroundings")).isFalse();
    }
}
