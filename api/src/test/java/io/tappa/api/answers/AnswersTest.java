package io.tappa.api.answers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers to surveys, added up on a real Redis. */
@Timeout(120)
class AnswersTest {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");

    private final Instant now = Instant.now();
    private Service service;
    private Client client;
    private int sent;

    @BeforeEach
    void start() {
        service = Service.start();
        client = service.client();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void addsUpWhatPeopleSayOfEachTouchpoint() {
        send(answer("a", "nps", 10, "till"), answer("b", "nps", 9, "till"), answer("c", "nps", 7, "till"));
        send(answer("a", "nps", 0, null), answer("d", "nps", 6, "till of nobody"), answer("e", "nps", 3, "tilt"));
        send(
                answer("a", "csat", 5, "checkout"),
                answer("b", "csat", 4, "checkout"),
                answer("c", "csat", 1, "checkout"));
        send(answer("a", "ces", 7, "account"), answer("a", "nps", 11, "till"), answer("a", "mood", 3, "till"));

        var nps = answers("kind=nps");
        var till = nps.at("/touchpoints/2");

        assertThat(till.path("touchpoint").asText()).isEqualTo("till");
        assertThat(till.path("count").asInt()).isEqualTo(3);
        assertThat(till.at("/scores/10").asInt()).isEqualTo(1);
        assertThat(till.path("mean").asText()).isEqualTo("8.67");
        assertThat(till.path("promoters").asInt()).isEqualTo(2);
        assertThat(till.path("passives").asInt()).isEqualTo(1);
        assertThat(till.path("nps").asText()).isEqualTo("66.67");
        assertThat(nps.path("touchpoints"))
                .extracting(one -> one.path("touchpoint").asText() + " " + one.path("count"))
                .containsExactly("none 1", "other 2", "till 3");
        assertThat(nps.path("count").asInt()).isEqualTo(6);
        assertThat(nps.path("nps").asText()).isEqualTo("-16.67");
        assertThat(answers("kind=csat&touchpoint=checkout")
                        .path("satisfiedPercent")
                        .asText())
                .isEqualTo("66.67");
        assertThat(answers("kind=ces").path("mean").toString()).isEqualTo("7");
        assertThat(answers("kind=nps&touchpoint=cart").path("count").asInt()).isZero();
    }

    @Test
    void countsEachAnswerOnceHoweverOftenAndLateItComes() {
        var early = Events.at(now.minus(Duration.ofDays(40)), answer("p", "nps", 2, "till"));
        send(Events.track("first", "p", null, "Product Viewed").set("context", consent()));
        send(early);
        send(early);
        send(answer("phone", "nps", 10, "till"), answer("tablet", "nps", 10, "till"));
        var joining = Events.identify("joining", "phone", "ada");
        client.post("/v1/identify", joining);
        client.post("/v1/identify", Events.identify("joining-2", "tablet", "ada"));
        client.post("/v1/batch", Events.batch(early));
        var id = client.get("/v1/visitors?userId=ada").json().path("id").asText();
        assertThat(client.delete("/v1/visitors/" + id).status()).isEqualTo(204);

        var day = LocalDate.ofInstant(now.minus(Duration.ofDays(40)), ROME);

        assertThat(answers("kind=nps&from=%1$s&to=%1$s".formatted(day))
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(answers("kind=nps").path("count").asInt()).isEqualTo(2);
        assertThat(answers("kind=nps&from=" + day).path("count").asInt()).isEqualTo(3);
    }

    @Test
    void keepsTheTotalsForALimitedTimeAndWithoutPeople() {
        send(answer("somebody", "nps", 8, "x".repeat(100)));

        var life = service.redis(connection -> {
            var keys = Service.keys(connection, "tappa:shop:{s*}:a:*");
            assertThat(keys).hasSize(1);
            assertThat(connection.sync().hkeys(keys.get(0)))
                    .containsExactly("NPS 8 %s other".formatted(LocalDate.ofInstant(now, ROME)));
            return connection.sync().ttl(keys.get(0));
        });

        assertThat(life)
                .isBetween(
                        Duration.ofDays(399).toSeconds(), Duration.ofDays(400).toSeconds());
    }

    @Test
    void saysWhatIsWrongWithAQuestion() {
        assertThat(client.get("/v1/answers?kind=npa").body()).contains("Did you mean \\\"nps\\\"?");
        assertThat(client.get("/v1/answers?touchpoint=til").code()).isEqualTo("unknown-touchpoint");
        for (var query :
                List.of("from=yesterday", "from=2026-03-32", "from=2026-03-02&to=2026-03-01", "from=2020-01-01")) {
            assertThat(client.get("/v1/answers?" + query).code()).as(query).isEqualTo("invalid-field");
        }
        assertThat(client.with("pk_demo").get("/v1/answers").status()).isEqualTo(403);
        assertThat(answers("kind=nps").has("mean")).isFalse();
    }

    private ObjectNode answer(String device, String kind, int score, @Nullable String touchpoint) {
        var event = Events.track("m" + sent++, device, null, "Survey Answered");
        Events.with("kind", kind, Events.with("score", score, event));
        if (touchpoint != null) {
            Events.with("touchpoint", touchpoint, event);
        }
        event.set("context", consent());
        return event;
    }

    private static ObjectNode consent() {
        var context = Events.body("source", "test");
        context.withObject("/consent").put("personalization_storage", "granted");
        return context;
    }

    private void send(JsonNode... events) {
        var answer = client.post("/v1/batch", Events.batch(events));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode answers(String query) {
        var answer = client.get("/v1/answers?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().at("/answers/0");
    }
}
