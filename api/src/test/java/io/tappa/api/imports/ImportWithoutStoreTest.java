package io.tappa.api.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.ExternalRedis;
import io.tappa.api.Patience;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An import whose Redis dies while it runs. */
@Timeout(120)
class ImportWithoutStoreTest {
    @Test
    void waitsForTheStoreAndCountsNothingTwice() throws Exception {
        var csv = new StringBuilder("userId,event,n\n");
        for (int i = 0; i < 12_000; i++) {
            csv.append("u-%d,Product Viewed,%d\n".formatted(i % 1_000, i));
        }
        try (var redis = new ExternalRedis().start();
                var service = redis.service("--spring.data.redis.timeout=500ms")) {
            var client = service.client().with(ExternalRedis.SECRET);
            var request = client.request("/v1/data/events?job=j")
                    .header("Content-Type", "text/csv")
                    .POST(BodyPublishers.ofString(csv.toString()))
                    .build();
            var running = CompletableFuture.supplyAsync(() -> client.send(request));
            Patience.until(
                    "running",
                    Duration.ofSeconds(20),
                    () -> client.get("/v1/data/jobs/j").json().path("lines").asInt() > 0);
            redis.kill();
            Thread.sleep(500);
            redis.start();

            var answer = running.join();

            var again = client.send(request);
            assertThat(answer.status()).as(answer.body()).isIn(200, 503);
            assertThat(again.status()).as(again.body()).isEqualTo(200);
            assertThat(again.json().path("accepted").asInt()
                            + again.json().path("duplicates").asInt())
                    .isEqualTo(12_000);
            var counted =
                    client.get("/v1/visitors?userId=u-7").json().path("events").asInt();
            assertThat(counted).isEqualTo(12);
        }
    }
}
