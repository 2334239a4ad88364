package io.tappa.api.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Visitors who were here before a pack brought new facts. */
@Timeout(120)
class CatchUpTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Service service;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(folder.resolve("journeys"));
        Files.writeString(folder.resolve("pack.yaml"), """
                pack: shop
                zone: Europe/Rome
                currency: EUR
                consent: { personalization_storage: granted }
                languages: [en]
                journey: visit
                """);
        Files.writeString(folder.resolve("journeys/visit.yaml"), """
                journey: visit
                start: active
                stages: { active: {} }
                """);
        facts("looks: { type: whole, count: Page Viewed, within: 1 hour }");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void run(String... settings) {
        var all = new ArrayList<>(List.of(settings));
        all.add("--tappa.packfolder=" + folder);
        all.add("--tappa.catchup.pause=100ms");
        service = Service.start(all.toArray(String[]::new));
        client = service.client();
    }

    private void facts(String... lines) throws IOException {
        Files.writeString(folder.resolve("facts.yaml"), "facts:\n  " + String.join("\n  ", lines) + "\n");
    }

    private void publish(String... lines) throws IOException {
        facts(lines);
        assertThat(client.post("/v1/packs/shop:reload", "").status()).isEqualTo(200);
    }

    @Test
    void aNewFactIsNotYetKnownAndThenGatheredFromTheLog() throws Exception {
        run("--tappa.catchup.grace=2s");
        for (int view = 0; view < 20; view++) {
            view("early", "shoes");
        }
        publish(
                "looks: { type: whole, count: Page Viewed, within: 1 hour }",
                "views: { type: whole, count: Page Viewed, where: { category: shoes }, within: 3 hours }",
                "ever:  { type: whole, count: Page Viewed, where: { category: shoes } }");

        var before = visitor("early");
        assertThat(before.at("/facts/looks").asInt()).isEqualTo(20);
        assertThat(before.path("facts").has("views")).isFalse();
        assertThat(Instant.parse(before.at("/notYetKnown/views").asText()))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(2)), Instant.now().plus(Duration.ofHours(4)));
        assertThat(before.path("notYetKnown").has("ever")).isTrue();
        view("early", "hats");
        view("early", "shoes");

        Patience.until(
                "caught up", SOON, () -> visitor("early").at("/facts/views").asInt() == 21);

        var after = visitor("early");
        assertThat(after.path("notYetKnown")).isEmpty();
        assertThat(after.at("/facts/ever").asInt()).isEqualTo(21);
        var facts = client.get("/v1/packs/shop/facts").json();
        assertThat(facts.at("/catchUp/state").asText()).isEqualTo("finished");
        assertThat(facts.at("/catchUp/visitors").asInt()).isEqualTo(1);
        assertThat(facts.at("/catchUp/changed").asInt()).isEqualTo(1);
        assertThat(facts.path("facts").findValuesAsText("knownOf")).containsExactly("visitors who came later");
        view("early", "shoes");
        assertThat(visitor("early").at("/facts/views").asInt()).isEqualTo(22);
    }

    @Test
    void everythingIsKnownFromTheFirstPackOn() {
        run();
        view("early", "shoes");

        assertThat(visitor("early").at("/facts/looks").asInt()).isEqualTo(1);
        assertThat(visitor("early").path("notYetKnown")).isEmpty();
    }

    @Test
    void aFactThatWasGoneForAWhileIsGatheredAnew() throws Exception {
        run("--tappa.catchup.grace=1h");
        view("early", "shoes");
        publish("other: { type: whole, count: Product Viewed, within: 1 hour }");
        publish("looks: { type: whole, count: Page Viewed, within: 1 hour }");

        assertThat(visitor("early").path("facts").has("looks")).isFalse();
        assertThat(visitor("early").path("notYetKnown").has("looks")).isTrue();
    }

    private void view(String device, String category) {
        var page = Events.track(UUID.randomUUID().toString(), device, null, "Page Viewed");
        page.withObject("/properties").put("category", category);
        assertThat(client.post("/v1/track", page).status()).isEqualTo(200);
    }

    private JsonNode visitor(String device) {
        return client.get("/v1/visitors?anonymousId=" + device).json();
    }
}
