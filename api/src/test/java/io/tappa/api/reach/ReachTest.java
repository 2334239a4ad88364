package io.tappa.api.reach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import java.util.ArrayList;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many people a condition fits: counted one by one, or estimated from a sample. */
@Timeout(120)
class ReachTest {
    private static final int PEOPLE = 6_000;
    private static final int BATCH = 500;
    private static Service service;

    private final Client client = service.client();

    @BeforeAll
    static void fill() {
        service = Service.start();
        for (int from = 0; from < PEOPLE; from += BATCH) {
            var events = new ArrayList<ObjectNode>();
            for (int person = from; person < from + BATCH; person++) {
                var name = person % 4 == 0 ? "Order Completed" : "Product Viewed";
                var event = Events.track("m-" + person, "p-" + person, null, name);
                events.add(Events.with("order_id", "o-" + person, event));
            }
            service.client().post("/v1/batch", Events.batch(events));
        }
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void countsEverybodyWhenAskedTo() {
        var found = client.post(
                        "/v1/packs/shop:reach",
                        question("orders ever", "at least 1").put("exact", true))
                .json();

        assertThat(found.path("people").asInt()).isEqualTo(PEOPLE / 4);
        assertThat(found.path("of").asInt()).isEqualTo(PEOPLE);
        assertThat(found.path("estimated").asBoolean()).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "basket gap, 80, 1",
        "stage, purchase, 4",
        "persona, not fan, 1",
        "segment, not sleeping, 1",
    })
    void asksForAnyFact(String fact, String phrase, int oneOf) {
        var answer = client.post("/v1/packs/shop:reach", question(fact, phrase).put("exact", true));

        assertThat(answer.json().path("people").asInt()).as(answer.body()).isEqualTo(PEOPLE / oneOf);
    }

    @Test
    void estimatesManyFromASampleAndSaysHowFarItMayBeOff() {
        var found = client.post("/v1/packs/shop:reach", question("orders ever", "at least 1"))
                .json();

        assertThat(found.path("estimated").asBoolean()).isTrue();
        assertThat(found.path("of").asInt()).isEqualTo(PEOPLE);
        assertThat(found.path("margin").asInt()).isBetween(1, PEOPLE / 20);
        assertThat(found.path("people").asInt())
                .isCloseTo(PEOPLE / 4, Offset.offset(4 * found.path("margin").asInt()));
        assertThat(found.path("looked").asInt()).isBetween(2_500, 2_600);
        assertThat(client.post("/v1/packs/shop:reach", question("orders ever", "at least 1"))
                        .json())
                .isEqualTo(found);
    }

    @Test
    void countsWhoIsRememberedAndNobodyElse() {
        try (var empty = Service.start()) {
            var crowd = empty.client();
            assertThat(everybody(crowd)).isZero();

            crowd.post("/v1/decisions", Events.question("only-asks", null, "home"));
            crowd.post("/v1/track", Events.track("m1", "phone", null, "Product Viewed"));
            crowd.post("/v1/track", Events.track("m2", "laptop", null, "Product Viewed"));
            crowd.post("/v1/track", Events.track("m3", null, "maria", "Product Viewed"));
            assertThat(everybody(crowd)).isEqualTo(3);

            crowd.post("/v1/track", Events.track("m4", "phone", "maria", "Product Viewed"));
            assertThat(everybody(crowd)).isEqualTo(2);

            var maria = id(crowd, "userId=maria");
            var merge = crowd.get("/v1/visitors/" + maria + "/merges")
                    .json()
                    .at("/merges/0/merge")
                    .asText();
            crowd.post("/v1/visitors/" + maria + ":unmerge", Events.body("merge", merge));
            assertThat(everybody(crowd)).isEqualTo(3);

            crowd.delete("/v1/visitors/" + id(crowd, "userId=maria"));
            assertThat(everybody(crowd)).isEqualTo(2);

            var no = Events.track("m5", "laptop", null, "Product Viewed");
            no.withObject("/context/consent").put("personalization_storage", "denied");
            crowd.post("/v1/track", no);
            assertThat(everybody(crowd)).isEqualTo(1);
        }
    }

    private static int everybody(Client crowd) {
        var found = crowd.post(
                        "/v1/packs/shop:reach",
                        question("orders ever", "at least 0").put("exact", true))
                .json();
        assertThat(found.path("people")).isEqualTo(found.path("of"));
        return found.path("of").asInt();
    }

    private static String id(Client crowd, String query) {
        return crowd.get("/v1/visitors?" + query).json().path("id").asText();
    }

    @Test
    void saysWhatIsWrongWithACondition() {
        var answer = client.post("/v1/packs/shop:reach", question("orders evre", "at least 1"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("orders ever").contains("unknown-fact");
        assertThat(client.post("/v1/packs/shap:reach", question("orders ever", "1"))
                        .code())
                .isEqualTo("unknown-pack");
        assertThat(client.post("/v1/packs/shop:reach", "{}").status()).isEqualTo(400);
        assertThat(client.with("pk_demo").post("/v1/packs/shop:reach", "{}").status())
                .isEqualTo(403);
    }

    private static ObjectNode question(String fact, String phrase) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("if").put(fact, phrase);
        return body;
    }
}
