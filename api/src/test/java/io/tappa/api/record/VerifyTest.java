package io.tappa.api.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.ExternalRedis;
import io.tappa.api.Service;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Decisions come out again as they were answered: on another node, and after other versions were published. */
@Timeout(120)
class VerifyTest {
    private static ExternalRedis redis;
    private static Service one;
    private static Service other;

    @BeforeAll
    static void start() {
        redis = new ExternalRedis().start();
        one = redis.service();
        other = redis.service();
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        redis.close();
    }

    private final Client here = one.client().with(ExternalRedis.SECRET);
    private final Client there = other.client().with(ExternalRedis.SECRET);
    private final String id = UUID.randomUUID().toString();

    private String decided(String touchpoint) {
        var question = Events.question(id, null, touchpoint);
        question.putObject("context").put("language", "it");
        return here.post("/v1/decisions", question).json().path("decisionId").asText();
    }

    private ObjectNode added() {
        var added = Events.track("m-" + UUID.randomUUID(), id, null, "Product Added");
        return Events.with("price", 40, Events.with("product_id", "p-1", added));
    }

    @Test
    void anotherNodeMakesTheSameDecisionAgainAndExplainsIt() {
        here.post("/v1/track", added());
        var decision = decided("cart");

        var verdict = there.get("/v1/decisions/" + decision + "/verify");
        var explained = there.get("/v1/decisions/" + decision);

        assertThat(verdict.status()).as(verdict.body()).isEqualTo(200);
        assertThat(verdict.json().path("verified").asBoolean()).isTrue();
        assertThat(verdict.json().path("recorded")).isEqualTo(verdict.json().path("remade"));
        assertThat(verdict.json().path("pack").asText()).isEqualTo(one.pack().version());
        assertThat(explained.json().path("touchpoint").asText()).isEqualTo("cart");
        assertThat(explained.json().at("/context/language").asText()).isEqualTo("it");
        assertThat(explained.json().at("/facts/basketGap").asDouble()).isEqualTo(40.0);
        assertThat(explained.json().at("/decisions/0/candidates")).isNotEmpty();
    }

    @Test
    void whatNobodyEverSawIsRecordedToo() {
        var decision = decided("home");

        assertThat(there.get("/v1/decisions/" + decision + "/verify")
                        .json()
                        .path("verified")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void anErasedDecisionSaysSo() {
        here.post("/v1/track", added());
        var decision = decided("cart");
        var visitor =
                here.get("/v1/visitors?anonymousId=" + id).json().path("id").asText();

        here.delete("/v1/visitors/" + visitor);

        for (var path : new String[] {"/verify", ""}) {
            var answer = there.get("/v1/decisions/" + decision + path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("erased").asBoolean()).isTrue();
            assertThat(answer.json().has("facts")).isFalse();
        }
    }

    @Test
    void anIdThatIsNoneOrLeadsNowhereIsRefused() {
        here.post("/v1/track", added());
        var decision = decided("cart");
        char last = decision.charAt(40) == 'A' ? 'B' : 'A';
        var forged = decision.substring(0, decision.length() - 5) + last + decision.substring(decision.length() - 4);

        assertThat(there.get("/v1/decisions/nonsense/verify").code()).isEqualTo("invalid-field");
        assertThat(there.get("/v1/decisions/" + decision.substring(0, 38)).code())
                .isEqualTo("no-such-decision");
        assertThat(there.get("/v1/decisions/" + forged + "/verify").code()).isEqualTo("no-such-decision");
        assertThat(there.with("pk_wrong").get("/v1/decisions/" + decision).status())
                .isEqualTo(401);
    }

    @Test
    void theNewestOfAllVisitorsAreVerifiedTogether() {
        here.post("/v1/track", added());
        for (int time = 0; time < 5; time++) {
            decided("home");
            decided("cart");
        }

        var answer = there.get("/v1/decisions:verify?last=10");

        assertThat(answer.json().path("checked").asInt()).isEqualTo(10);
        assertThat(answer.json().path("verified").asInt()).isEqualTo(10);
        assertThat(answer.json().path("differingIds")).isEmpty();
        assertThat(there.get("/v1/decisions:verify?last=0").code()).isEqualTo("invalid-field");
        assertThat(there.get("/v1/decisions:verify?from=yesterday").code()).isEqualTo("invalid-field");
    }
}
