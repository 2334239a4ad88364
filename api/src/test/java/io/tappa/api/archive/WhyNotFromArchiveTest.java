package io.tappa.api.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Why somebody did not see an offer is answered from the archive, too, once logs no longer have the decisions. */
@Timeout(180)
class WhyNotFromArchiveTest {
    @Test
    void decisionsOfTheArchiveAndOfTheLogCountOnceEach() throws Exception {
        try (var shop = new ArchivedShop()) {
            var device = shop.visitor();
            var other = shop.visitor();
            shop.decide(device, "cart", "en");
            shop.decide(other, "cart", "en");
            shop.clock.pass(Duration.ofHours(2));
            shop.decide(device, "cart", "en");
            shop.endTurn();
            shop.round(shop.one);
            var id = shop.here
                    .get("/v1/visitors?anonymousId=" + device)
                    .json()
                    .path("id")
                    .asText();
            var path = "/v1/visitors/%s/why-not?offer=small-finds&from=%s".formatted(id, ArchivedShop.TURN);

            var both = shop.here.get(path).json();
            shop.deleteLogs();
            shop.decide(device, "cart", "en");
            shop.clock.pass(Duration.ofMinutes(1));
            var later = shop.here.get(path).json();
            var lately = shop.here.get(path.replaceFirst("&from.*", "")).json();

            assertThat(both.path("decisions").asInt()).as(both.toString()).isEqualTo(2);
            assertThat(later.path("decisions").asInt()).as(later.toString()).isEqualTo(3);
            assertThat(later.path("notJudged").asInt()).isZero();
            assertThat(later.at("/blockers/0/filter").asText()).isEqualTo("conditions");
            assertThat(later.at("/blockers/0/decisions").asInt()).isEqualTo(3);
            assertThat(lately.path("decisions").asInt()).isEqualTo(1);
        }
    }
}
