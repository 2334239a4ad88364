package io.tappa.api.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ledger of merges, and what is left when one is taken back. */
@Timeout(60)
@ExtendWith(SharedService.class)
class VisitorMergesTest {
    private final Client client;
    private final Instant soon = Instant.now().plusSeconds(60);
    private final String run = UUID.randomUUID().toString();

    VisitorMergesTest(Service service) {
        this.client = service.client();
    }

    @Test
    void takesAMergeBackAndLetsLaterEventsGoWhereTheirIdBelongs() {
        send(track("phone", null, "Product Viewed"), track("phone", null, "Product Added"));
        send(track(null, "maria", "Product Viewed"), track(null, "maria", "Product Viewed"));
        var phone = known("anonymousId=" + run + "phone");
        var maria = known("userId=" + run + "maria");
        send(track("phone", "maria", "Product Viewed"));
        var together = known("userId=" + run + "maria");
        assertThat(together.path("events").asInt()).isEqualTo(5);
        assertThat(together.at("/journeys/shop/stage").asText()).isEqualTo("intention");

        var merge = ledger(together).get(0);
        assertThat(merge.path("undone").isNull()).isTrue();
        var answer = client.post(
                "/v1/visitors/" + together.path("id").asText() + ":unmerge",
                Events.body("merge", merge.path("merge").asText()));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(ledger(known("userId=" + run + "maria"))
                        .get(0)
                        .path("undone")
                        .isNull())
                .isFalse();
        var parted = known("anonymousId=" + run + "phone");
        var stays = known("userId=" + run + "maria");
        assertThat(parted.path("id")).isNotEqualTo(stays.path("id"));
        assertThat(parted.at("/journeys/shop/stage")).isEqualTo(phone.at("/journeys/shop/stage"));
        assertThat(stays.at("/journeys/shop/stage")).isEqualTo(maria.at("/journeys/shop/stage"));
        assertThat(parted.path("events").asInt() + stays.path("events").asInt()).isEqualTo(5);

        send(track("phone", "maria", "Product Viewed"), track("phone", null, "Product Viewed"));

        assertThat(known("anonymousId=" + run + "phone").path("id")).isNotEqualTo(stays.path("id"));
        var after = known("anonymousId=" + run + "phone").path("events").asInt()
                + known("userId=" + run + "maria").path("events").asInt();
        assertThat(after).isEqualTo(7);
    }

    @Test
    void saysWhichMergesThereAre() {
        send(track("alone", null, "Product Viewed"));
        var id = known("anonymousId=" + run + "alone").path("id").asText();

        var answer = client.post("/v1/visitors/" + id + ":unmerge", Events.body("merge", "none"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("unknown-merge");
        assertThat(client.get("/v1/visitors/" + "a".repeat(26)).code()).isEqualTo("no-such-visitor");
        assertThat(client.post("/v1/visitors/" + id + ":unmerge", Events.body("marge", "x"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void answersWhichStageItWasAtAnyMoment() {
        var morning = Instant.now().minusSeconds(7_200);
        send(Events.at(morning, track("diary", null, "Product Viewed")));
        send(Events.at(morning.plusSeconds(4_000), track("diary", null, "Product Added")));
        send(Events.at(morning.plusSeconds(7_000), track("diary", null, "Order Completed")));
        var id = known("anonymousId=" + run + "diary").path("id").asText();

        assertThat(stage(id, morning.plusSeconds(10))).isEqualTo("awareness");
        assertThat(stage(id, morning.plusSeconds(5_000))).isEqualTo("intention");
        assertThat(stage(id, morning.plusSeconds(7_100))).isEqualTo("purchase");
        var early = client.get("/v1/visitors/" + id + "/journeys/shop?asOf=" + morning.minusSeconds(1));
        assertThat(early.status()).isEqualTo(404);
        assertThat(early.code()).isEqualTo("before-history");
        var history = client.get("/v1/visitors/" + id + "/journeys/shop").json().path("history");
        assertThat(history).hasSize(3);
        assertThat(history.get(1).path("event").asText()).isEqualTo("Product Added");
        assertThat(history.get(1).path("move").asText()).isEqualTo("wants");
        assertThat(history.get(1).path("messageId").asText()).isNotBlank();
        assertThat(history.get(1).path("anonymousId").asText()).isEqualTo(run + "diary");
    }

    @Test
    void knowsTheMovesOfYesterdayAfterAMergeAndAfterTakingItBack() {
        var now = Instant.now();
        var yesterday = now.minus(Duration.ofDays(1));
        send(
                Events.at(yesterday, track("tablet", null, "Product Viewed")),
                Events.at(yesterday.plusSeconds(60), track("tablet", null, "Product Added")));
        send(Events.at(now.minusSeconds(60), track(null, "anna", "Product Viewed")));

        send(track("tablet", "anna", "Product Viewed"));

        var together = known("userId=" + run + "anna");
        var id = together.path("id").asText();
        assertThat(stages(id)).contains("awareness", "intention");
        assertThat(stage(id, yesterday.plusSeconds(30))).isEqualTo("awareness");
        assertThat(stage(id, yesterday.plusSeconds(90))).isEqualTo("intention");
        assertThat(stage(id, Instant.now().minusMillis(1)))
                .isEqualTo(together.at("/journeys/shop/stage").asText());

        unmerge(together);

        var tablet = known("anonymousId=" + run + "tablet").path("id").asText();
        assertThat(stages(tablet)).startsWith("awareness", "intention");
        assertThat(stage(tablet, yesterday.plusSeconds(90))).isEqualTo("intention");
        var anna = known("userId=" + run + "anna").path("id").asText();
        assertThat(stages(anna)).containsExactly("awareness");
        assertThat(client.get("/v1/visitors/" + anna + "/journeys/shop?asOf=" + yesterday.plusSeconds(90))
                        .code())
                .isEqualTo("before-history");
    }

    @Test
    void keepsTheVariationsOfExperimentsThatCameFirstAndGivesThemBackToEach() {
        var yesterday = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
        send(Events.at(yesterday, experiment(track("watch", null, "Experiment Viewed"), "A")));
        send(experiment(track(null, "lucia", "Experiment Viewed"), "B"));

        send(track("watch", "lucia", "Product Viewed"));

        var together = known("userId=" + run + "lucia");
        assertThat(together.at("/experiments/hero/variation").asText()).isEqualTo("A");
        assertThat(together.at("/experiments/hero/since").asText()).isEqualTo(yesterday.toString());

        unmerge(together);

        assertThat(known("anonymousId=" + run + "watch")
                        .at("/experiments/hero/variation")
                        .asText())
                .isEqualTo("A");
        assertThat(known("userId=" + run + "lucia")
                        .at("/experiments/hero/variation")
                        .asText())
                .isEqualTo("B");
    }

    private static ObjectNode experiment(ObjectNode event, String variation) {
        event.withObject("/properties").put("experiment_id", "hero").put("variation_name", variation);
        return event;
    }

    @Test
    void sortsMovesByTheMomentNotByItsText() {
        var second = Instant.now().minusSeconds(7_200).truncatedTo(ChronoUnit.SECONDS);
        send(Events.at(second, track("exact", null, "Product Viewed")));
        send(Events.at(second.plusMillis(250), track("exact", null, "Product Added")));
        send(Events.at(second.plusMillis(500), track("exact", null, "Order Completed")));
        var id = known("anonymousId=" + run + "exact").path("id").asText();

        assertThat(stages(id)).containsExactly("awareness", "intention", "purchase");
        assertThat(stage(id, second.plusMillis(100))).isEqualTo("awareness");
        assertThat(stage(id, second.plusMillis(300))).isEqualTo("intention");
    }

    private List<String> stages(String id) {
        return client.get("/v1/visitors/" + id + "/journeys/shop")
                .json()
                .path("history")
                .findValuesAsText("stage");
    }

    private void unmerge(JsonNode visitor) {
        var answer = client.post(
                "/v1/visitors/" + visitor.path("id").asText() + ":unmerge",
                Events.body("merge", ledger(visitor).get(0).path("merge").asText()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void setsAStageByHandAndSaysWhy() {
        send(track("phoned", null, "Product Viewed"));
        var id = known("anonymousId=" + run + "phoned").path("id").asText();
        var path = "/v1/visitors/" + id + "/journeys/shop";

        var answer = client.post(path + ":move", Events.body("stage", "loyalty").put("reason", "bought by phone"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("stage").asText()).isEqualTo("loyalty");
        var last = client.get(path).json().path("history").get(1);
        assertThat(last.path("move").asText()).isEqualTo("by-hand");
        assertThat(last.path("reason").asText()).isEqualTo("bought by phone");
        assertThat(client.post(path + ":move", Events.body("stage", "loialty").put("reason", "x"))
                        .code())
                .isEqualTo("unknown-stage");
        assertThat(client.post(path + ":move", Events.body("stage", "loyalty")).code())
                .isEqualTo("invalid-field");
        assertThat(client.with("pk_demo")
                        .post(path + ":move", Events.body("stage", "loyalty"))
                        .status())
                .isEqualTo(403);
        assertThat(client.post("/v1/track", track("phoned", null, "Stage Set")).status())
                .isEqualTo(400);
    }

    private String stage(String id, Instant asOf) {
        return client.get("/v1/visitors/" + id + "/journeys/shop?asOf=" + asOf)
                .json()
                .path("stage")
                .asText();
    }

    private JsonNode ledger(JsonNode visitor) {
        return client.get("/v1/visitors/" + visitor.path("id").asText() + "/merges")
                .json()
                .path("merges");
    }

    private ObjectNode track(@Nullable String device, @Nullable String user, String event) {
        return Events.track(
                UUID.randomUUID().toString(),
                device == null ? null : run + device,
                user == null ? null : run + user,
                event);
    }

    private void send(ObjectNode... events) {
        var answer = client.post("/v1/batch", Events.batch(events));
        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isEqualTo(events.length);
    }

    private JsonNode known(String query) {
        var answer = client.get("/v1/visitors?" + query + "&at=" + soon);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
