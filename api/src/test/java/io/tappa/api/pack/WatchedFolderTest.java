package io.tappa.api.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In local mode whoever edits the folder sees at once what it does. */
@Timeout(120)
class WatchedFolderTest {
    /** Two seconds, and as much again for machines that do several things at once. */
    private static final Duration SOON = Duration.ofSeconds(4);

    private final ShopCopy shop = new ShopCopy();
    private final Service service = Service.start(shop.setting());
    private final PackLog log = new PackLog();
    private final Client client = service.client();

    @BeforeEach
    void showsTheFallbackAtFirst() {
        assertThat(banner()).isEqualTo("easy-returns");
    }

    @AfterEach
    void stop() {
        log.close();
        service.close();
        shop.close();
    }

    @Test
    void servesWhatIsSavedAndNeverWhatIsBroken() throws Exception {
        var first = service.pack().version();

        shop.replace("touchpoints.yaml", "fallback: easy-returns", "fallback: easy-retruns");
        Patience.until("the mistake is said", SOON, () -> !log.lines().isEmpty());

        assertThat(log.lines().get(0))
                .startsWith(first + " stays live")
                .containsPattern("touchpoints\\.yaml, line \\d+, column \\d+ \\(unknown-offer\\)")
                .contains("Did you mean \"easy-returns\"?");
        assertThat(banner()).isEqualTo("easy-returns");
        var reload = client.post("/v1/packs/shop:reload", "");
        assertThat(reload.status()).isEqualTo(422);
        assertThat(reload.code()).isEqualTo("pack-has-errors");

        shop.replace("touchpoints.yaml", "fallback: easy-retruns", "fallback: secure-payment");
        Patience.until(
                "the new version is live", SOON, () -> !service.pack().version().equals(first));

        assertThat(banner()).isEqualTo("secure-payment");
        assertThat(log.lines().stream().filter(line -> line.contains("stays live")))
                .as("said once by the watch and once to who asked")
                .hasSize(2);
        assertThat(log.lines()).contains(service.pack().version() + " is live");
    }

    @Test
    void doesNotServeAPackOfAnotherName() throws Exception {
        var first = service.pack().version();

        shop.replace("pack.yaml", "pack: shop\n", "pack: shoes\n");
        Patience.until("the mistake is said", SOON, () -> !log.lines().isEmpty());

        assertThat(log.lines().get(0)).contains("(wrong-pack)", "--tappa.pack=shoes");
        assertThat(service.pack().version()).isEqualTo(first);
        assertThat(client.post("/v1/packs/shop:reload", "").status()).isEqualTo(422);
    }

    private String banner() {
        var question = Events.question("a-1", null, "cart");
        question.putArray("placements").add("banner");
        return client.post("/v1/decisions", question)
                .json()
                .at("/decisions/0/offer")
                .asText();
    }
}
