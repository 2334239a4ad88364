package io.tappa.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tappa.api.Client;
import io.tappa.api.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real shop traffic through the executable jar: simulated, sent, sent twice, and sent to a service that is killed. */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleIT {
    private static final Path EVENTS = ShopFolder.root().resolve("load-tests/sample/rees46-2019-10-01.csv.gz");
    private static final String AFTER_THE_SAMPLE = "2019-10-02T00:00:00Z";
    private static final int UNIQUE_EVENTS = 17_429;
    private static final int VISITORS = 4_504;
    private static final Pattern REDIS_PID = Pattern.compile("pid=(\\d+)");

    private final List<String> people;
    private Path folder;
    private TappaJar.Serving service;
    private Ended sent;
    private List<String> sentOnce;

    SampleIT() throws IOException {
        this.people = people();
    }

    @BeforeAll
    void sendTheSampleOnce(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        ShopFolder.copyInto(folder);
        service = TappaJar.serve(folder);
        sent = send(service.url());
        sentOnce = visitors(service.url());
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void givesTheSameNumbersSimulatedAndSent() throws Exception {
        var simulated = TappaJar.run(
                folder,
                "simulate",
                "--pack",
                "rules/shop",
                "--events",
                EVENTS.toString(),
                "--format",
                "rees46",
                "--json");

        assertThat(simulated.out()).isEqualTo(sent.out());
        assertThat(simulated.exitCode()).isZero();
        assertThat(sent.exitCode()).isZero();
        assertThat(people).hasSize(VISITORS);
        var summary = json(sent.out());
        assertThat(summary.path("uniqueEvents").asInt()).isEqualTo(UNIQUE_EVENTS);
        assertThat(summary.path("duplicates").asInt()).isEqualTo(5);
        assertThat(summary.path("refused").asInt()).isZero();
        assertThat(summary.path("visitors").asInt()).isEqualTo(VISITORS);
        assertThat(summary.at("/journeys/shop/stages")).isEqualTo(json("""
                        {"advocacy":0,"awareness":2436,"consideration":1826,"intention":53,"loyalty":7,"purchase":182}
                        """));
        assertThat(summary.at("/journeys/shop/moves/awareness>consideration").asInt())
                .isEqualTo(1_921);
        assertThat(summary.at("/journeys/shop/moves/awareness>purchase").asInt())
                .isEqualTo(76);
    }

    @Test
    void changesNobodyWhenSentTwiceNorOverARestart() throws Exception {
        var again = send(service.url());

        var summary = json(again.out());
        assertThat(summary.path("uniqueEvents").asInt()).isZero();
        assertThat(summary.path("duplicates").asInt()).isEqualTo(UNIQUE_EVENTS + 5);
        assertThat(summary.path("journeys")).isEqualTo(json(sent.out()).path("journeys"));
        assertThat(visitors(service.url())).isEqualTo(sentOnce);

        service.close();
        service = TappaJar.serve(folder);

        assertThat(service.log()).noneMatch(line -> line.contains("Adopting the Redis"));
        assertThat(visitors(service.url())).isEqualTo(sentOnce);
        assertThat(stages(service.url()).path("moves"))
                .isEqualTo(json(sent.out()).at("/journeys/shop/moves"));
    }

    @Test
    void knowsTheSameWhenTheServiceAndThenRedisTooAreKilledInTheMiddle(@TempDir Path other) throws Exception {
        ShopFolder.copyInto(other);
        try (var first = TappaJar.serve(other)) {
            sendUntilCounted(first, VISITORS / 3);
            first.kill();
        }
        try (var second = TappaJar.serve(other)) {
            assertThat(second.log()).anyMatch(line -> line.contains("Adopting the Redis"));
            sendUntilCounted(second, VISITORS * 2 / 3);
            second.kill();
            redisOf(other).destroyForcibly();
        }
        try (var third = TappaJar.serve(other)) {
            assertThat(third.log()).noneMatch(line -> line.contains("Adopting the Redis"));

            var last = json(send(third.url()).out());

            assertThat(last.path("uniqueEvents").asInt()).isBetween(1, UNIQUE_EVENTS * 2 / 3);
            assertThat(last.path("visitors").asInt()).isEqualTo(VISITORS);
            assertThat(last.path("journeys")).isEqualTo(json(sent.out()).path("journeys"));
            assertThat(visitors(third.url())).isEqualTo(sentOnce);
        }
    }

    private void sendUntilCounted(TappaJar.Serving to, int visitors) throws Exception {
        var sending = TappaJar.start(
                folder, "send", "--events", EVENTS.toString(), "--to", to.url().toString(), "--json");
        try {
            Patience.until(visitors + " visitors", Duration.ofMinutes(10), () -> counted(to) >= visitors);
        } finally {
            sending.destroyForcibly();
        }
    }

    private static int counted(TappaJar.Serving service) {
        return stages(service.url()).path("visitors").asInt();
    }

    private static JsonNode stages(URI service) {
        return new Client(service, "sk_demo").get("/v1/journeys/shop/stages").json();
    }

    private Ended send(URI to) throws IOException, InterruptedException {
        return TappaJar.run(
                folder,
                "send",
                "--events",
                EVENTS.toString(),
                "--format",
                "rees46",
                "--to",
                to.toString(),
                "--key",
                "pk_demo",
                "--json");
    }

    /** All that is known of everybody, byte for byte. */
    private List<String> visitors(URI service) {
        var answers = new Client(service, "sk_demo")
                .getAll(people, id -> "/v1/visitors?userId=%s&at=%s".formatted(id, AFTER_THE_SAMPLE));
        assertThat(answers).allMatch(answer -> answer.status() == 200);
        return answers.stream().map(Client.Answer::body).toList();
    }

    private static ProcessHandle redisOf(Path folder) throws IOException {
        var pid = REDIS_PID.matcher(Files.readString(folder.resolve(".tappa/redis.properties")));
        assertThat(pid.find()).isTrue();
        return ProcessHandle.of(Long.parseLong(pid.group(1))).orElseThrow();
    }

    private static List<String> people() throws IOException {
        var people = new ArrayList<String>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(EVENTS)), StandardCharsets.UTF_8))) {
            lines.lines().skip(1).map(line -> line.split(",", -1)[7]).distinct().forEach(people::add);
        }
        return people;
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
