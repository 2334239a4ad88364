package io.tappa.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is sent again is counted once, also of visitors with more events than their state remembers. */
@Timeout(60)
@ExtendWith(SharedService.class)
class RepeatedEventsTest {
    private static final int EVENTS = 600;

    private final Client client;
    private final String id = UUID.randomUUID().toString();
    private final Instant soon = Instant.now().plusSeconds(60);

    RepeatedEventsTest(Service service) {
        this.client = service.client();
    }

    @Test
    void countsSixHundredEventsOfOneVisitorOnceHoweverTheyComeAgain() {
        var events = IntStream.range(0, EVENTS)
                .mapToObj(i -> Events.track(id + i, id, null, "Product Viewed"))
                .toList();
        for (int from = 0; from < EVENTS; from += 40) {
            assertThat(sent(events.subList(from, from + 40), "accepted")).isEqualTo(40);
        }
        var once = visitor();

        assertThat(sent(events, "duplicates")).isEqualTo(EVENTS);
        assertThat(sent(events.subList(0, 1), "duplicates")).isEqualTo(1);
        var withOneMore = Events.question(id, null, "checkout");
        withOneMore.putArray("events").addAll(events.subList(0, 100));
        client.post("/v1/decisions", withOneMore);

        assertThat(visitor()).isEqualTo(once);
        assertThat(once).contains("\"events\":%d,".formatted(EVENTS));
    }

    @Test
    void countsAllOfThemWhenTheyComeInOneBatchTwice() {
        var events = IntStream.range(0, EVENTS)
                .mapToObj(i -> Events.track(id + i % 500, id, null, "Product Viewed"))
                .toList();

        assertThat(sent(events, "accepted")).isEqualTo(500);
        assertThat(sent(events, "duplicates")).isEqualTo(EVENTS);
    }

    private int sent(List<ObjectNode> events, String outcome) {
        return client.post("/v1/batch", Events.batch(events))
                .json()
                .path(outcome)
                .asInt();
    }

    private String visitor() {
        return client.get("/v1/visitors?anonymousId=%s&at=%s".formatted(id, soon))
                .body();
    }
}
