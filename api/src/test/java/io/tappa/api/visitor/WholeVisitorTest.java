package io.tappa.api.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service tells of people who meet a brand online and offline, with every kind of fact. */
@Timeout(120)
class WholeVisitorTest {
    @TempDir
    private static Path folder;

    private static Service service;
    private static Client client;
    private final String device = UUID.randomUUID().toString();
    private final String person = "u-" + device;
    private final Instant now = Instant.now();

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(folder.resolve("journeys"));
        write("pack.yaml", """
                pack: shop
                zone: Europe/Rome
                currency: EUR
                consent: { personalization_storage: granted }
                languages: [en]
                journey: visit
                """);
        write("journeys/visit.yaml", """
                journey: visit
                start: looking
                enter if: { views: at least 1 }
                stages: { looking: { goal: buys, within: 1 hour }, bought: {} }
                moves:
                  - { id: buys, on: Order Completed, to: bought }
                restarts on: { event: Need Stated, from: [ bought ], if: { orders: at least 1 } }
                """);
        write("touchpoints.yaml", """
                touchpoints:
                  home:     { channel: site }
                  brochure: { channel: print, offline: yes, recognisedBy: { utm: brochure-2026 } }
                  till:     { channel: pos, offline: yes }
                """);
        write("facts.yaml", """
                facts:
                  views:   { type: whole, count: Product Viewed }
                  today:   { type: whole, count: Product Viewed, within: 24 hours, atMost: 5 }
                  spent:   { type: money, sum: Order Completed, property: total }
                  colours: { type: whole, distinct: Product Viewed, property: colour, where: { category: shoes } }
                  kind:    { type: word, mostFrequent: Product Viewed, property: category, within: 30 days }
                  orders:  { type: whole, from: orders.count }
                  worth:   { type: money, from: orders.value }
                  nps:     { type: whole, from: last nps }
                  warns:   { label: would not recommend us, type: yesno, from: detractor }
                  overdue: { type: yesno, from: goal overdue }
                  first:   { type: word, from: first touch }
                  last:    { type: word, from: last touch }
                  ropo:    { type: yesno, from: ropo, within: 14 days }
                  milano:  { type: word, from: ropo }
                  fetches: { type: yesno, from: click and collect }
                  tries:   { type: yesno, from: try and buy }
                  country: { type: word, trait: country }
                  hero:    { type: word, from: experiment.hero }
                  buyer:   { label: main persona, type: word, from: persona }
                  group:   { label: main segment, type: word, from: segment }
                """);
        write("personas.yaml", "personas: { regular: { if: { orders: at least 1 } } }\n");
        write("segments.yaml", "segments: { italians: { if: { country: IT, persona: regular } } }\n");
        service = Service.start("--tappa.packfolder=" + folder);
        client = service.client();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }

    @Test
    void everyKindOfFactIsToldOfOnePersonOnScreensAndInShops() {
        online(
                Duration.ofHours(5),
                "Product Viewed",
                Map.of("product_id", "p-1", "category", "shoes", "colour", "red"));
        online(
                Duration.ofHours(4),
                "Product Viewed",
                Map.of("product_id", "p-2", "category", "shoes", "colour", "blue"));
        online(Duration.ofHours(4), "Product Viewed", Map.of("product_id", "p-3", "category", "hats", "colour", "red"));
        assertThat(fact("overdue")).isEqualTo("yes");
        var signIn = Events.identify(UUID.randomUUID().toString(), device, person);
        sent(Events.batch(Events.at(now.minus(Duration.ofHours(3).plusMinutes(30)), signIn)), "/v1/batch");
        offline(Duration.ofHours(3), "Product Tried", Map.of("product_id", "p-9", "shop", "Milano"));
        offline(
                Duration.ofHours(2),
                "Order Completed",
                Map.of("order_id", "o-1", "total", "40.00", "product_id", "p-1", "shop", "Milano"));
        online(
                Duration.ofHours(1),
                "Order Completed",
                Map.of("order_id", "o-2", "total", "19.90", "product_id", "p-9", "delivery", "pickup"));
        offline(Duration.ofMinutes(30), "Order Collected", Map.of("order_id", "o-2", "shop", "Milano"));
        offline(Duration.ofMinutes(20), "Order Refunded", Map.of("order_id", "o-1", "total", "15.00"));
        offline(Duration.ofMinutes(10), "Survey Answered", Map.of("kind", "nps", "score", "4", "touchpoint", "till"));

        assertThat(facts())
                .containsEntry("views", "3")
                .containsEntry("today", "3")
                .containsEntry("spent", "59.9")
                .containsEntry("colours", "2")
                .containsEntry("kind", "shoes")
                .containsEntry("orders", "2")
                .containsEntry("worth", "44.9")
                .containsEntry("nps", "4")
                .containsEntry("warns", "yes")
                .containsEntry("overdue", "no")
                .containsEntry("first", "brochure")
                .containsEntry("last", "till")
                .containsEntry("ropo", "yes")
                .containsEntry("milano", "Milano")
                .containsEntry("fetches", "yes")
                .containsEntry("tries", "yes")
                .containsEntry("buyer", "regular")
                .doesNotContainKey("group");
        var identify = Events.identify(UUID.randomUUID().toString(), null, person);
        identify.withObject("/traits").put("country", "IT");
        sent(identify);
        assertThat(fact("group")).isEqualTo("italians");
    }

    @Test
    void nobodyEntersBeforeTheConditionHoldsAndTheJourneyBeginsAnewWithANewNeed() {
        online(Duration.ofMinutes(50), "Page Viewed", Map.of());
        assertThat(visitor().at("/journeys/visit").isMissingNode()).isTrue();
        online(Duration.ofMinutes(40), "Product Viewed", Map.of("product_id", "p-1"));
        assertThat(stage()).isEqualTo("looking");
        online(Duration.ofMinutes(35), "Need Stated", Map.of());
        assertThat(visitor().at("/journeys/visit/history")).hasSize(1);

        online(Duration.ofMinutes(30), "Order Completed", Map.of("order_id", "o-1", "total", "10"));
        assertThat(stage()).isEqualTo("bought");
        online(Duration.ofMinutes(20), "Need Stated", Map.of());

        assertThat(stage()).isEqualTo("looking");
        assertThat(visitor().at("/journeys/visit/history").findValuesAsText("move"))
                .containsExactly("entry", "buys", "restart");
    }

    @Test
    void anEventThatComesTooLateToMoveAnybodyCountsAndSaysSo() {
        online(Duration.ofMinutes(10), "Product Viewed", Map.of("product_id", "p-1"));

        var answer = online(Duration.ofHours(3), "Order Completed", Map.of("order_id", "o-1", "total", "10"));

        assertThat(answer.path("accepted").asInt()).isEqualTo(1);
        assertThat(answer.path("late").asInt()).isEqualTo(1);
        assertThat(stage()).isEqualTo("looking");
        assertThat(fact("orders")).isEqualTo("1");
        assertThat(exported().path("events").findValuesAsText("late")).containsExactly("true");
    }

    @Test
    void theOlderAssignmentToAnExperimentStaysWhenTwoProfilesBecomeOne() {
        online(Duration.ofMinutes(20), "Experiment Viewed", Map.of("experiment_id", "hero", "variation_name", "B"));
        offline(Duration.ofDays(2), "Experiment Viewed", Map.of("experiment_id", "hero", "variation_name", "A"));
        offline(Duration.ofDays(1), "Experiment Viewed", Map.of("experiment_id", "hero", "variation_name", "C"));
        offline(Duration.ofDays(3), "Experiment Viewed", Map.of("experiment_id", "other", "variation_name", "D"));
        assertThat(fact("hero")).isEqualTo("B");

        sent(Events.identify(UUID.randomUUID().toString(), device, person));

        assertThat(fact("hero")).isEqualTo("A");
        var experiments = visitor().path("experiments");
        assertThat(experiments.path("hero").path("variation").asText()).isEqualTo("A");
        assertThat(experiments.path("other").path("variation").asText()).isEqualTo("D");
        assertThat(exported().path("visitor").path("experiments")).isEqualTo(experiments);
    }

    @Test
    void aFactThatHoldsAsMuchAsItMayIsNamed() {
        for (int view = 0; view < 7; view++) {
            online(Duration.ofMinutes(view), "Product Viewed", Map.of("product_id", "p-1"));
        }

        assertThat(fact("today")).isEqualTo("5");
        assertThat(fact("views")).isEqualTo("7");
        assertThat(visitor().path("saturated")).extracting(JsonNode::asText).containsExactly("today");
    }

    @Test
    void whatIsRefusedAsAWholeIsNotedToo() {
        client.post("/v1/batch", "{\"batch\":");
        client.with("nobody's").post("/v1/track", Events.track("m", "a", null, "Product Viewed"));

        var refused = client.get("/v1/events/refused").json().path("refused");

        assertThat(refused)
                .extracting(group ->
                        group.path("key").asText() + " " + group.path("code").asText())
                .contains("sk_demo bad-json", "unknown unknown-key");
    }

    private JsonNode online(Duration ago, String name, Map<String, String> values) {
        var event = Events.track(UUID.randomUUID().toString(), device, null, name);
        values.forEach(event.withObject("/properties")::put);
        event.withObject("/context/campaign").put("source", ago.toHours() >= 5 ? "brochure-2026" : "search");
        return sent(Events.batch(Events.at(now.minus(ago), event)), "/v1/batch");
    }

    private void offline(Duration ago, String name, Map<String, String> values) {
        var event = Events.track(UUID.randomUUID().toString(), null, person, name);
        event.withObject("/properties").put("touchpoint", "till");
        values.forEach(event.withObject("/properties")::put);
        sent(Events.batch(Events.at(now.minus(ago), event)), "/v1/batch");
    }

    private void sent(ObjectNode event) {
        sent(event, "/v1/identify");
    }

    private static JsonNode sent(ObjectNode body, String path) {
        var answer = client.post(path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isEqualTo(1);
        return answer.json();
    }

    private Map<String, String> facts() {
        var facts = new TreeMap<String, String>();
        visitor()
                .path("facts")
                .properties()
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
        return facts;
    }

    private String fact(String name) {
        return facts().getOrDefault(name, "unknown");
    }

    private String stage() {
        return visitor().at("/journeys/visit/stage").asText();
    }

    private JsonNode exported() {
        return client.get("/v1/visitors/" + visitor().path("id").asText() + "/export")
                .json();
    }

    private JsonNode visitor() {
        return client.get("/v1/visitors?anonymousId=" + device).json();
    }
}
