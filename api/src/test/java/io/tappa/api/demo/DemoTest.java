package io.tappa.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tappa.api.pack.LivePack;
import io.tappa.api.pack.PackPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

@Timeout(60)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
@DirtiesContext
class DemoTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern ABROAD =
            Pattern.compile("(?:src|href|action)=\"(?:https?:)?//|\\burl\\(|@import|fetch\\('http");
    private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT =
            new ParameterizedTypeReference<>() {};

    @TempDir
    private static Path folder;

    @Autowired
    private WebTestClient client;

    @Autowired
    private LivePack live;

    @Autowired
    private PackPublisher publisher;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("tappa.data", () -> folder.resolve("data").toString());
        registry.add("tappa.pack-folder", () -> copyOfTheShop().toString());
    }

    @Test
    void servesOnePageThatFetchesNothingFromElsewhere() {
        var answer = client.get().uri("/demo").exchange();

        answer.expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_HTML)
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectHeader()
                .value(
                        "Content-Security-Policy",
                        policy -> assertThat(policy)
                                .contains("default-src 'self'", "script-src 'sha256-", "style-src 'sha256-")
                                .doesNotContain("unsafe"))
                .expectBody(String.class)
                .value(html -> assertThat(html).doesNotContainPattern(ABROAD));
    }

    @Test
    void leadsFromTheRootToThePage() {
        client.get()
                .uri("/")
                .exchange()
                .expectStatus()
                .isTemporaryRedirect()
                .expectHeader()
                .valueEquals("Location", "/demo");
    }

    @Test
    void tellsTheVisitorAtOnceAndAgainAfterAnEvent() {
        StepVerifier.create(listen("a-live").filter(event -> "visitor".equals(event.event())))
                .assertNext(first -> assertThat(events(first)).isZero())
                .then(() -> view("a-live"))
                .assertNext(next -> {
                    assertThat(events(next)).isEqualTo(1);
                    assertThat(next.data()).contains("\"stage\":\"awareness\"");
                    assertThat(next.id()).isEqualTo("1." + live.now().version());
                })
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void doesNotTellOfOthers() {
        view("a-quiet");

        StepVerifier.create(listen("a-quiet").filter(event -> "visitor".equals(event.event())))
                .assertNext(first -> assertThat(events(first)).isEqualTo(1))
                .then(() -> view("a-other"))
                .expectNoEvent(Duration.ofMillis(500))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void tellsWhatTheWordsOfThePackMeanAndTellsAgainWhenTheRulesChange() {
        var before = live.now().version();

        StepVerifier.create(listen("a-pack").filter(event -> "pack".equals(event.event())))
                .assertNext(first -> assertThat(first.data())
                        .contains(before, "\"label\":\"basket value\"", "Bring people back to the basket they left"))
                .then(this::changeTheRules)
                .assertNext(next -> assertThat(next.data())
                        .contains("Bring everybody back", live.now().version())
                        .doesNotContain(before))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void asksForAnId() {
        client.get()
                .uri("/demo/live")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid-field");
    }

    private Flux<ServerSentEvent<String>> listen(String anonymousId) {
        return client.mutate()
                .responseTimeout(PATIENCE)
                .build()
                .get()
                .uri("/demo/live?anonymousId={id}", anonymousId)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
                .expectHeader()
                .valueEquals("X-Accel-Buffering", "no")
                .returnResult(EVENT)
                .getResponseBody();
    }

    private void view(String anonymousId) {
        client.post()
                .uri("/v1/track")
                .headers(headers -> headers.setBasicAuth("pk_demo", ""))
                .bodyValue("""
                        {"anonymousId": "%s", "event": "Product Viewed", "properties": {"category": "shoes"}}""".formatted(anonymousId))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private void changeTheRules() {
        var home = folder.resolve("shop/decisions/home.yaml");
        try {
            Files.writeString(
                    home,
                    Files.readString(home)
                            .replace("Bring people back to the basket they left", "Bring everybody back"));
            publisher.reload();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static long events(ServerSentEvent<String> event) {
        try {
            return new ObjectMapper().readTree(event.data()).path("events").asLong();
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    private static Path copyOfTheShop() {
        var shop = Path.of("../rules/shop");
        var copy = folder.resolve("shop");
        try (var files = Files.walk(shop)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var to = copy.resolve(shop.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return copy;
    }
}
