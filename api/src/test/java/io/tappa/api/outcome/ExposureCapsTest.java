package io.tappa.api.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.MovedClock;
import io.tappa.api.Service;
import io.tappa.api.pack.ShopCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cap that counts what was seen, told by the page. */
@Timeout(60)
class ExposureCapsTest {
    private static final MovedClock CLOCK = new MovedClock(Instant.parse("2026-03-02T09:00:00Z"));
    private static ShopCopy shop;
    private static Service service;

    @BeforeAll
    static void start() {
        shop = new ShopCopy();
        shop.write("offers.yaml", """
                offers:
                  plain:   { content: { site: { en: { title: Plain } } } }
                  voucher: { value: 5.00, content: { site: { en: { title: Voucher } } } }
                """);
        shop.write("touchpoints.yaml", "touchpoints: { home: { channel: site, placements: { hero: {} } } }");
        shop.only("decisions", "rules.yaml", """
                rules:
                  - { id: voucher, where: home.hero, show: voucher }
                  - { id: plain, where: home.hero, show: plain, priority: low }
                """);
        shop.onlyOwnOffers();
        shop.write("contact-policy.yaml", """
                not more often than:
                  - { offer: voucher, times: 1, per: 7 days, counted: exposure }
                """);
        service = Service.startAt(CLOCK, shop.setting());
    }

    @AfterAll
    static void stop() {
        service.close();
        shop.close();
    }

    private final Client client = service.client();
    private final String id = UUID.randomUUID().toString();

    private JsonNode home() {
        var answer = client.post("/v1/decisions", Events.question(id, null, "home"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static String hero(JsonNode home) {
        return home.at("/decisions/0/offer").asText();
    }

    private void tell(JsonNode home, String type) {
        var told = client.post(
                "/v1/exposures", """
                {"visitor":{"anonymousId":"%s"},"decisionId":"%s","offer":"voucher","placement":"home.hero","type":"%s",
                 "timestamp":"%s"}
                """.formatted(id, home.path("decisionId").asText(), type, CLOCK.now()));
        assertThat(told.status()).as(told.body()).isEqualTo(200);
    }

    private void verified(JsonNode home) {
        var verdict = client.get("/v1/decisions/" + home.path("decisionId").asText() + "/verify");
        assertThat(verdict.json().path("verified").asBoolean())
                .as(verdict.body())
                .isTrue();
    }

    @Test
    void whatNobodySawComesAgainAndWhatWasSeenDoesNot() {
        client.post("/v1/track", Events.at(CLOCK.now(), Events.track("v-" + id, id, null, "Product Viewed")));
        var first = home();
        assertThat(hero(first)).isEqualTo("voucher");
        var second = home();
        assertThat(hero(second)).isEqualTo("plain");

        CLOCK.pass(Duration.ofMinutes(15));
        var third = home();
        assertThat(hero(third)).isEqualTo("voucher");
        tell(third, "viewed");
        tell(third, "viewed");
        tell(third, "clicked");
        CLOCK.pass(Duration.ofMinutes(20));
        var fourth = home();
        assertThat(hero(fourth)).isEqualTo("plain");
        for (var one : new JsonNode[] {first, second, third, fourth}) {
            verified(one);
        }

        CLOCK.pass(Duration.ofDays(7));
        var last =
                client.post("/v1/decisions", Events.question(id, null, "home").put("explain", "full"));
        assertThat(last.json().at("/decisions/0/offer").asText())
                .as(last.body())
                .isEqualTo("voucher");
    }

    @Test
    void someoneNeverSeenIsRememberedUntilTheCapIsOver() {
        assertThat(hero(home())).isEqualTo("voucher");
        assertThat(hero(home())).isEqualTo("plain");
        CLOCK.pass(Duration.ofMinutes(15));
        assertThat(hero(home())).isEqualTo("voucher");
    }
}
