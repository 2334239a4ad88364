package io.tappa.api.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.body.Body;
import io.tappa.api.record.RecordReader;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.Surroundings;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded decisions as a page and as lines. */
@Timeout(120)
class RecordedRoutesTest {
    private static final int EACH = 12;

    private static Service service;
    private static Client client;
    private static List<String> ids;

    @BeforeAll
    static void start() {
        service = Service.start();
        client = service.client();
        ids = new ArrayList<>();
        for (var name : List.of("a-1", "a-2", "a-3")) {
            var added = Events.with("product_id", "p-1", Events.track("m-" + name, name, null, "Product Added"));
            client.post("/v1/track", Events.with("price", 62, added));
            for (int i = 0; i < EACH; i++) {
                var question = Events.question(name, null, i % 3 == 0 ? "cart" : "home");
                ids.add(client.post("/v1/decisions", question)
                        .json()
                        .path("decisionId")
                        .asText());
            }
        }
        ids.add(client.post("/v1/decisions", Events.question("never-seen", null, "search"))
                .json()
                .path("decisionId")
                .asText());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String key(String anonymousId) {
        return VisitorKey.of(new Identity(IdKind.ANONYMOUS, anonymousId)).text();
    }

    private static List<JsonNode> page(String query) {
        var answer = client.get("/v1/decisions" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("decisions").spliterator(), false)
                .toList();
    }

    private static List<ObjectNode> lines(String query) {
        var answer = client.send(client.request("/v1/decisions" + query)
                .header("Accept", "application/x-ndjson")
                .build());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/x-ndjson");
        return answer.body().lines().map(Body::parsed).toList();
    }

    private static List<String> ids(List<? extends JsonNode> decisions) {
        return decisions.stream().map(one -> one.path("decisionId").asText()).toList();
    }

    @Test
    void thePageTellsAllNewestFirst() {
        var decisions = page("");

        assertThat(ids(decisions)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(decisions)
                .extracting(one -> Instant.parse(one.path("at").asText()))
                .isSortedAccordingTo(Comparator.<Instant>naturalOrder().reversed());
        var newest = page("?limit=1").get(0);
        assertThat(newest.path("decisionId").asText()).isEqualTo(ids.get(ids.size() - 1));
        assertThat(newest.path("touchpoint").asText()).isEqualTo("search");
        assertThat(newest.path("from").asText()).isEqualTo("hot");
        assertThat(newest.path("pack").asText()).isEqualTo(service.pack().version());
        assertThat(newest.at("/placements/0/placement").asText()).isEqualTo("top");
        assertThat(newest.at("/placements/0/why").asText()).isNotEmpty();
    }

    @Test
    void thePageTellsWhatWasAnsweredAndWhy() {
        var drawer =
                page("?placement=cart.drawer&limit=1").get(0).path("placements").get(0);

        assertThat(drawer.path("offer").asText()).isEqualTo("small-finds");
        assertThat(drawer.path("rule").asText()).isEqualTo("cart-small-finds");
        assertThat(drawer.path("fallback").asBoolean()).isFalse();
        assertThat(drawer.path("why").asText())
                .isEqualTo("Everybody else within 30 EUR of free shipping sees small finds (priority 50)");
        var italian = client.send(client.request("/v1/decisions?placement=cart.drawer&limit=1")
                .header("Accept-Language", "it")
                .build());
        assertThat(italian.body()).contains("(priorità 50)");
    }

    @Test
    void decisionsAreFoundByVisitorPlacementOfferAndTime() {
        assertThat(page("?visitor=" + key("a-2"))).hasSize(EACH);
        assertThat(page("?visitor=" + key("never-seen"))).hasSize(1);
        assertThat(page("?visitor=" + key("nobody"))).isEmpty();
        assertThat(page("?placement=cart.drawer")).hasSize(EACH);
        assertThat(page("?placement=cart")).hasSize(EACH);
        assertThat(page("?placement=cart.nowhere")).isEmpty();
        assertThat(page("?offer=small-finds")).hasSize(EACH);
        assertThat(page("?offer=small-finds&visitor=" + key("a-3"))).hasSize(EACH / 3);
        assertThat(page("?offer=small-finds&placement=cart.banner")).isEmpty();
        assertThat(page("?offer=no-such-offer")).isEmpty();
        var all = page("");
        var middle = all.get(10).path("at").asText();
        assertThat(page("?from=" + middle).size() + page("?to=" + middle).size())
                .isEqualTo(all.size());
        assertThat(page("?from=" + middle)).hasSizeGreaterThanOrEqualTo(11);
    }

    @Test
    void theLinesAreEnoughToDecideAgain() {
        var lines = lines("");

        assertThat(ids(lines)).containsExactlyInAnyOrderElementsOf(ids);
        var reader = new RecordReader(service.pack());
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("packHash").asText()).isEqualTo(service.pack().hash());
            assertThat(line.path("from").asText()).isEqualTo("hot");
            var record = (ObjectNode) line.path("record");
            var again = Decider.decide(service.pack(), reader.inputs(record, Surroundings.NONE));
            assertThat(again.digest()).isEqualTo(record.path("d").asText());
        });
    }

    @Test
    void theLinesOfAPlaceComeOldestFirst() {
        var of = lines("?visitor=" + key("a-1"));

        assertThat(ids(of)).isEqualTo(ids.subList(0, EACH));
        var inOrder = ids(lines(""));
        for (int place = 0; place < 3; place++) {
            var theirs = ids.subList(place * EACH, (place + 1) * EACH);
            assertThat(inOrder.stream().filter(new TreeSet<>(theirs)::contains)).isEqualTo(theirs);
        }
        assertThat(lines("?limit=5")).hasSize(5);
        assertThat(lines("?limit=5000")).hasSize(ids.size());
        assertThat(lines("?offer=small-finds")).hasSize(EACH);
    }

    @Test
    void whoBecameOnePersonHasTheDecisionsOfBoth() {
        for (var name : List.of("before", "after")) {
            client.post("/v1/track", Events.track("m-" + name, name, null, "Product Viewed"));
            ids.add(client.post("/v1/decisions", Events.question(name, null, "account"))
                    .json()
                    .path("decisionId")
                    .asText());
            client.post("/v1/identify", Events.identify("i-" + name, name, "u-1"));
        }
        var visitor = client.get("/v1/visitors?userId=u-1").json().path("id").asText();

        assertThat(ids(page("?visitor=" + visitor))).containsExactly(ids.get(ids.size() - 1), ids.get(ids.size() - 2));
        assertThat(page("?visitor=" + key("after"))).hasSize(2);
        ids.subList(ids.size() - 2, ids.size()).clear();
        client.delete("/v1/visitors/" + visitor);
        assertThat(page("?visitor=" + visitor)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "?from=yesterday, from",
        "?to=2026-13-01, to",
        "?from=2026-03-02T10:00:00Z&to=2026-03-02T10:00:00Z, to",
        "?visitor=a-1, visitor",
        "?offer=, offer",
        "?placement=%20, placement",
        "?limit=0, limit",
        "?limit=1001, limit",
        "?limit=many, limit",
        "?form=2026-03-02T10:00:00Z, form"
    })
    void aParameterThatDoesNotFitIsRefusedWithACure(String query, String pointer) {
        var answer = client.get("/v1/decisions" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-field");
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(answer.json().at("/errors/0/cure").asText()).isNotEmpty();
    }

    @Test
    void onlyASecretKeyMayLook() {
        assertThat(client.with("pk_demo").get("/v1/decisions").code()).isEqualTo("wrong-key-kind");
        assertThat(client.with("sk_wrong").get("/v1/decisions").status()).isEqualTo(401);
    }
}
