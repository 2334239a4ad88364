package io.tappa.api.outcome;

import static io.tappa.api.Decided.at;
import static io.tappa.api.Decided.offer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.pack.ShopCopy;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** People see what was drawn for them, always the same, and what they do afterwards is counted for it, once. */
@Timeout(180)
class CampaignsAndExperimentsTest {
    private static final int PEOPLE = 120;

    private static ShopCopy shop;
    private static Service service;

    @BeforeAll
    static void start() throws Exception {
        shop = new ShopCopy();
        shop.write("offers.yaml", """
                offers:
                  plain: { content: { site: { en: { title: Plain } } } }
                  bold:  { content: { site: { en: { title: Bold } } } }
                  next:  { content: { site: { en: { title: Next } } } }
                  sale:  { value: 5.00, content: { site: { en: { title: Sale } } } }
                  tailor-made: { value: 9.00, purpose: ad_personalization, content: { site: { en: { title: You } } } }
                """);
        shop.write("touchpoints.yaml", """
                touchpoints:
                  home: { channel: site, placements: { hero: {}, side: {}, foot: {} } }
                """);
        shop.only("decisions", "rules.yaml", """
                rules:
                  - { id: hero, where: home.hero, show: plain }
                  - { id: sale, where: home.side, show: sale }
                  - { id: next, where: home.side, show: next, priority: low }
                  - { id: tailor, where: home.foot, show: tailor-made }
                """);
        shop.onlyOwnOffers();
        shop.write("contact-policy.yaml", "{ dismissed: 2 days }");
        shop.write("campaigns/sale.yaml", """
                campaign: sale
                offers: [ sale ]
                hold back: { share: 50 %, shows: next best }
                goal: { on: Order Completed, within: 7 days, measure: total }
                """);
        shop.write("experiments.yaml", """
                layers: [ hero ]
                experiments:
                  hero-text:
                    layer: hero
                    share: 100 %
                    where: home.hero
                    variants: { control: 50 %, bold: 50 % }
                    shows: { bold: bold }
                    goal: { on: Order Completed, within: 7 days, measure: total }
                """);
        service = Service.start(shop.setting());
    }

    @AfterAll
    static void stop() {
        service.close();
        shop.close();
    }

    private final Client client = service.client();

    private JsonNode home(String id) {
        var answer = client.post("/v1/decisions", Events.question(id, null, "home"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private void viewed(String id) {
        client.post("/v1/track", Events.track("v-" + id, id, null, "Product Viewed"));
    }

    private ObjectNode order(String id, int total) {
        var order = Events.track("o-" + id, id, null, "Order Completed");
        return Events.with("total", total, Events.with("order_id", "o-" + id, order));
    }

    @Test
    void everybodyKeepsWhatWasDrawnAndWhatTheyDoIsCountedOnce() {
        var others = client.get("/v1/experiments/hero-text").json();
        var otherPeople = client.get("/v1/campaigns/sale").json();
        var drawn = new TreeMap<String, Integer>();
        long boldOrders = 0;
        long boldValue = 0;
        for (int i = 0; i < PEOPLE; i++) {
            var id = UUID.randomUUID().toString();
            viewed(id);
            var first = home(id);
            var variation = at(first, "hero").at("/experiments/hero-text").asText();
            boolean heldOut = offer(first, "side").equals("next");
            assertThat(offer(first, "hero")).isEqualTo(variation.equals("bold") ? "bold" : "plain");
            assertThat(offer(home(id), "hero")).isEqualTo(offer(first, "hero"));
            assertThat(offer(home(id), "side")).isEqualTo(offer(first, "side"));
            drawn.merge(variation, 1, Integer::sum);
            drawn.merge(heldOut ? "held-out" : "shown", 1, Integer::sum);
            if (i % 3 == 0) {
                client.post("/v1/track", order(id, 10 + i));
                client.post("/v1/track", order(id, 10 + i));
                boldOrders += variation.equals("bold") ? 1 : 0;
                boldValue += variation.equals("bold") ? 10 + i : 0;
            }
        }

        var experiment = client.get("/v1/experiments/hero-text").json();
        assertThat(drawn.getOrDefault("bold", 0)).isBetween(35, 85);
        assertThat(experiment.at("/variations/1/variation").asText()).isEqualTo("bold");
        assertThat(experiment.at("/variations/1/people").asInt()
                        - others.at("/variations/1/people").asInt())
                .isEqualTo(drawn.get("bold"));
        assertThat(experiment.at("/variations/0/people").asInt()
                        - others.at("/variations/0/people").asInt())
                .isEqualTo(drawn.get("control"));
        assertThat(experiment.at("/variations/1/converted").asLong()).isEqualTo(boldOrders);
        assertThat(experiment.at("/variations/1/value").asLong()).isEqualTo(boldValue);
        assertThat(experiment.at("/variations/1/valuePerPerson/is").asDouble())
                .isEqualTo(
                        (double) boldValue
                                / experiment.at("/variations/1/people").asInt(),
                        within(0.001));
        assertThat(experiment.at("/variations/1/morePerPerson/low").isNumber()).isTrue();
        assertThat(experiment.at("/sampleRatio/ok").asBoolean()).isTrue();
        assertThat(experiment.at("/neededSample/people").asLong()).isPositive();
        var campaign = client.get("/v1/campaigns/sale").json();
        assertThat(campaign.at("/shown/people").asInt()
                        - otherPeople.at("/shown/people").asInt())
                .isEqualTo(drawn.get("shown"));
        assertThat(campaign.at("/heldOut/people").asInt()
                        - otherPeople.at("/heldOut/people").asInt())
                .isEqualTo(drawn.get("held-out"));
        assertThat(campaign.at("/brought/difference/is").isNumber()).isTrue();
        var verified = client.get("/v1/decisions:verify?last=1000").json();
        assertThat(verified.path("verified")).isEqualTo(verified.path("checked"));
        assertThat(verified.path("checked").asInt()).isGreaterThanOrEqualTo(3 * PEOPLE);
    }

    @Test
    void reportsOfWhatThereIsNotAreRefused() {
        assertThat(client.get("/v1/experiments/hero-txt").body()).contains("Did you mean", "hero-text");
        assertThat(client.get("/v1/campaigns/sael").status()).isEqualTo(404);
        assertThat(client.with("pk_demo").get("/v1/campaigns/sale").status()).isEqualTo(403);
    }

    @Test
    void consentIsAskedAtTheMomentAndTheAnswerSaysHowToGiveIt() {
        var id = UUID.randomUUID().toString();
        viewed(id);

        var without = home(id);
        assertThat(at(without, "foot").path("offer").isNull()).isTrue();
        assertThat(at(without, "foot").path("reason").asText()).isEqualTo("consent to ad_personalization is missing");
        assertThat(without.at("/consent/missing/0").asText()).isEqualTo("ad_personalization");

        var asked = Events.question(id, null, "home");
        asked.setAll((ObjectNode) without.at("/consent/how"));
        assertThat(offer(client.post("/v1/decisions", asked).json(), "foot")).isEqualTo("tailor-made");
        assertThat(at(home(id), "foot").path("offer").isNull()).isTrue();

        tell(id, "granted");
        assertThat(offer(home(id), "foot")).isEqualTo("tailor-made");
        tell(id, "denied");
        assertThat(at(home(id), "foot").path("reason").asText()).isEqualTo("consent to ad_personalization was denied");
        asked.putObject("consent").put("email", "maybe");
        assertThat(client.post("/v1/decisions", asked).code()).isEqualTo("invalid-field");
        asked.putObject("consent").put("emial", "granted");
        assertThat(client.post("/v1/decisions", asked).body()).contains("email");
    }

    private void tell(String id, String status) {
        var told = Events.track(UUID.randomUUID().toString(), id, null, "Consent Updated");
        client.post("/v1/track", Events.with("status", status, Events.with("purpose", "ad_personalization", told)));
    }

    @Test
    void whatWasDismissedStaysAwayAndReportsCountOnce() {
        var id = UUID.randomUUID().toString();
        viewed(id);
        var answer = home(id);
        var exposure = exposure(id, answer.path("decisionId").asText(), offer(answer, "side"), "home.side");

        assertThat(client.post("/v1/exposures", exposure)
                        .json()
                        .path("accepted")
                        .asInt())
                .isEqualTo(1);
        assertThat(client.post("/v1/exposures", exposure)
                        .json()
                        .path("duplicates")
                        .asInt())
                .isEqualTo(1);
        exposure.put("type", "dismissed");
        client.post("/v1/exposures", exposure);

        var again = at(home(id), "side");
        assertThat(again.path("offer").asText()).isNotEqualTo(offer(answer, "side"));
        exposure.put("type", "dismissd");
        assertThat(client.post("/v1/exposures", exposure).body()).contains("Did you mean", "dismissed");
        exposure.put("type", "viewed").put("decisionId", "no-id");
        assertThat(client.post("/v1/exposures", exposure).code()).isEqualTo("invalid-field");
        assertThat(client.post("/v1/exposures", "[{}, 1]").json().path("refused"))
                .hasSize(2);
    }

    private static ObjectNode exposure(String id, String decision, String offer, String placement) {
        var exposure = Events.question(id, null, "home");
        exposure.remove(List.of("touchpoint", "context", "placements"));
        return exposure.put("decisionId", decision).put("offer", offer).put("placement", placement);
    }

    @Test
    void aDecisionInShadowOrForAnotherMomentLeavesNoTrace() {
        var id = UUID.randomUUID().toString();
        viewed(id);
        var before = client.get("/v1/visitors?anonymousId=" + id).json().path("version");

        var shadow =
                client.post("/v1/decisions", Events.question(id, null, "home").put("mode", "shadow"));
        var later =
                client.post("/v1/decisions", Events.question(id, null, "home").put("at", "2030-01-01T00:00:00Z"));

        assertThat(shadow.status()).isEqualTo(200);
        assertThat(later.json().path("at").asText()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(client.get("/v1/visitors?anonymousId=" + id).json().path("version"))
                .isEqualTo(before);
        assertThat(client.get("/v1/decisions/"
                                + shadow.json().path("decisionId").asText())
                        .code())
                .isEqualTo("no-such-decision");
        for (var wrong : List.of("mode", "at", "budgetMs")) {
            assertThat(client.post(
                                    "/v1/decisions",
                                    Events.question(id, null, "home").put(wrong, "0"))
                            .code())
                    .isEqualTo("invalid-field");
        }
    }
}
