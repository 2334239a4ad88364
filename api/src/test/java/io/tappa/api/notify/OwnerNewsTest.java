package io.tappa.api.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.api.notify.News.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner hears of everything as long as the webhook is there, and nobody waits for it. */
@Timeout(60)
class OwnerNewsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant AT = Instant.parse("2026-11-27T10:30:00Z");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private OwnerNews to(String url) {
        return new OwnerNews(new NotifySettings(URI.create(url), Duration.ofMillis(5)), metrics);
    }

    private static News news(String what) {
        return new News(Topic.CAMPAIGN_PAUSED, "shop@1", "owner@shop.example", what, "Too many displays.", AT);
    }

    private double count(String outcome) {
        return metrics.counter("tappa.news", "outcome", outcome).count();
    }

    @Test
    void tellsAllThereIsToKnow() throws Exception {
        try (var receiver = new Receiver();
                var owner = to(receiver.url())) {
            owner.tell(news("campaign:rush"));

            Patience.until("sent", SOON, () -> count("sent") == 1);
            var call = receiver.calls().get(0);
            assertThat(call.contentType()).isEqualTo("application/json");
            assertThat(call.id()).matches("msg_[0-9a-f]{16}");
            assertThat(call.body())
                    .hasToString(
                            "{\"type\":\"campaign.paused\",\"pack\":\"shop@1\",\"owner\":\"owner@shop.example\",\"what\":\"campaign:rush\",\"reason\":\"Too many displays.\",\"at\":\"2026-11-27T10:30:00Z\"}");
        }
    }

    @Test
    void triesAgainUnderTheSameIdUntilItIsTaken() throws Exception {
        try (var receiver = new Receiver(500, 302, 429, 503);
                var owner = to(receiver.url())) {
            owner.tell(news("campaign:rush"));
            owner.tell(news("campaign:calm"));

            Patience.until("both are sent", SOON, () -> count("sent") == 2);
            assertThat(receiver.calls())
                    .extracting(Receiver.Call::status)
                    .containsExactly(500, 302, 429, 503, 204, 204);
            assertThat(receiver.calls().subList(0, 5))
                    .extracting(Receiver.Call::id)
                    .containsOnly(news("campaign:rush").id());
            assertThat(receiver.taken())
                    .containsExactly("campaign.paused campaign:rush", "campaign.paused campaign:calm");
            assertThat(count("lost")).isZero();
        }
    }

    @Test
    void countsWhatAWebhookThatIsDownWasNotToldAndGoesOn() throws Exception {
        try (var receiver = new Receiver(500, 500, 500, 500, 500);
                var owner = to(receiver.url())) {
            owner.tell(news("campaign:rush"));
            owner.tell(news("campaign:calm"));

            Patience.until("the next one is sent", SOON, () -> count("sent") == 1);
            assertThat(count("lost")).isEqualTo(1);
            assertThat(receiver.taken()).containsExactly("campaign.paused campaign:calm");
        }
        try (var owner = to("http://127.0.0.1:" + closedPort() + "/hook")) {
            owner.tell(news("campaign:late"));

            Patience.until("lost", SOON, () -> count("lost") == 2);
        }
    }

    @Test
    void waitsForNobodyAndLosesWhatIsTooMuch() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var owner = to("http://127.0.0.1:" + silent.getLocalPort() + "/hook");

            IntStream.range(0, 150).forEach(i -> owner.tell(news("campaign:c-" + i)));

            double lostAtOnce = count("lost");
            assertThat(lostAtOnce).isBetween(48.0, 50.0);
            owner.close();
            assertThat(count("lost")).isEqualTo(150);
            assertThat(count("sent")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://hooks.example/a", "hooks.example", "https:///a", "https:a"})
    void refusesAnAddressNobodyCanCall(String url) {
        assertThatThrownBy(() -> to(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tappa.notify.url must be an address")
                .hasMessageContaining("Write for example https://");
    }

    @Test
    void theServiceDoesNotStartWithSettingsThatCannotBe() {
        assertThatThrownBy(() -> Service.start("--tappa.notify.url=mailto:me@shop.example"))
                .hasStackTraceContaining("tappa.notify.url must be an address");
        assertThatThrownBy(() -> Service.start("--tappa.guard.pause=0s"))
                .hasStackTraceContaining("tappa.guard.pause (PT0S) must be more than nothing");
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
