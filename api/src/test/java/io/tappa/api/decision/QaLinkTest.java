package io.tappa.api.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Client.Answer;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.MovedClock;
import io.tappa.api.Service;
import io.tappa.api.body.Body;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signed link shows an offer to whoever has it, outside all counts. */
@Timeout(60)
class QaLinkTest {
    private static final String LINKS = "/v1/packs/shop/qa-links";
    private static final String FORCED = "{\"placement\":\"home.hero\",\"offer\":\"outdoor-days\"}";
    private static final MovedClock CLOCK = new MovedClock(Instant.parse("2026-03-02T09:00:00Z"));
    private static ExternalRedis redis;
    private static Service service;
    private static Service other;

    @BeforeAll
    static void start() {
        redis = new ExternalRedis().start();
        service = redis.serviceAt(CLOCK);
        other = redis.serviceAt(CLOCK);
    }

    @AfterAll
    static void stop() {
        service.close();
        other.close();
        redis.close();
    }

    private final Client page = service.client().with(ExternalRedis.PUBLISHABLE);
    private final Client server = service.client().with(ExternalRedis.SECRET);

    private String token() {
        return server.post(LINKS, FORCED).json().path("token").asText();
    }

    private static ObjectNode question(String token) {
        return Events.question("a-1", null, "home").put("qa", token);
    }

    private static JsonNode hero(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().at("/decisions/0");
    }

    @Test
    void showsTheOfferWhateverIsAgainstItAndTheRestAsUsual() {
        var usual =
                page.post("/v1/decisions", Events.question("a-1", null, "home")).json();

        var answer = page.post("/v1/decisions", question(token()));

        assertThat(answer.json().path("mode").asText()).isEqualTo("qa");
        assertThat(hero(answer).path("offer").asText())
                .isEqualTo("outdoor-days")
                .isNotEqualTo(usual.at("/decisions/0/offer").asText());
        assertThat(hero(answer).at("/content/title").asText()).contains("weekend");
        assertThat(hero(answer).path("fallback").asBoolean()).isFalse();
        assertThat(answer.json().at("/decisions/1/offer")).isEqualTo(usual.at("/decisions/1/offer"));
        assertThat(usual.has("mode")).isFalse();
    }

    @Test
    void anotherNodeKnowsTheLinkTooAndSaysWhy() {
        var answer = other.client().with(ExternalRedis.SECRET).post("/v1/decisions", question(token()));

        assertThat(hero(answer).path("reason").asText()).contains("try it out");
    }

    @Test
    void leavesNoTrace() {
        var question = question(token());
        question.withObject("/visitor").put("anonymousId", "qa-person");

        var id = page.post("/v1/decisions", question).json().path("decisionId").asText();

        assertThat(server.get("/v1/visitors?anonymousId=qa-person").status()).isEqualTo(404);
        assertThat(server.get("/v1/decisions/" + id).status()).isEqualTo(404);
    }

    @Test
    void endsWhenItWasToEnd() {
        var link = server.post(LINKS, FORCED.replace("}", ",\"until\":\"2026-03-05\"}"))
                .json();
        assertThat(link.path("until").asText()).isEqualTo("2026-03-05T23:00:00Z");
        var question = question(link.path("token").asText());
        assertThat(page.post("/v1/decisions", question).status()).isEqualTo(200);

        CLOCK.pass(Duration.ofDays(4));

        refused(page.post("/v1/decisions", question), "/qa", "The link ended at 2026-03-05T23:00:00Z.");
    }

    @Test
    void cannotBeForgedNorChanged() {
        var token = token();
        var changed = (token.charAt(5) == 'a' ? 'b' : 'a') + token.substring(1);

        for (var wrong :
                new String[] {changed, token + "x", token.substring(0, 20), "x", ".", token.replace('.', '-')}) {
            refused(page.post("/v1/decisions", question(wrong)), "/qa", "no link of this service");
        }
    }

    @Test
    void eventsWouldBeLost() {
        var question = question(token());
        question.putArray("events").add(Events.track("m-1", null, null, "Product Viewed"));

        refused(page.post("/v1/decisions", question), "/events", "events would be lost");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"mode\":\"qa\"}                 | /qa   | needs a link",
                "{\"mode\":\"shadow\",\"qa\":\"x\"} | /mode | the mode is qa",
                "{\"mode\":\"qaa\"}                | /mode | no mode"
            })
    void refusesQuestionsThatContradictThemselves(String more, String pointer, String what) {
        var question = Events.question("a-1", null, "home");
        question.setAll(Body.parsed(more));

        refused(page.post("/v1/decisions", question), pointer, what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                     | /placement | no placement",
                "{\"placement\":\"home.hreo\",\"offer\":\"welcome\"}                    | /placement | There is no placement",
                "{\"placement\":\"home.hero\"}                                          | /offer     | no offer",
                "{\"placement\":\"home.hero\",\"offer\":\"wellcome\"}                   | /offer     | There is no offer",
                "{\"placement\":\"home.hero\",\"offer\":\"welcome\",\"until\":\"soon\"} | /until     | no moment",
                "{\"placement\":\"home.hero\",\"offer\":\"welcome\",\"until\":\"2020-01-01\"} | /until | no moment",
                "{\"placement\":\"home.hero\",\"offer\":\"welcome\",\"until\":\"2036-01-01\"} | /until | no moment",
                "{\"placement\":\"home.hero\",\"offer\":\"welcome\",\"untill\":\"x\"}   | /untill    | untill"
            })
    void makesNoLinkOfWhatIsNotThere(String body, String pointer, String what) {
        refused(server.post(LINKS, body), pointer, what);
    }

    @Test
    void onlyASecretKeyMakesOne() {
        assertThat(page.post(LINKS, FORCED).code()).isEqualTo("wrong-key-kind");
        assertThat(server.post("/v1/packs/shoe/qa-links", FORCED).code()).isEqualTo("unknown-pack");
    }

    private static void refused(Answer answer, String pointer, String what) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(answer.json().at("/errors/0/detail").asText()).contains(what);
    }
}
