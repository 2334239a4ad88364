package io.tappa.api.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.Client;
import io.tappa.api.Client.Answer;
import io.tappa.api.Events;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How lines and answers flow: one by one, held up by a slow reader, cut off. The service takes one batch at once, so that
 * one that is never let go of is noticed, and has no time at all for single calls.
 */
@Timeout(300)
class BatchFlowTest {
    private static final int MOST_TRIES = 20;
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int LINES = 10_000;
    private static final int PLACEMENTS = 2;
    private static final String PATH = "/v1/decisions:batch?touchpoint=home&mode=shadow&explain=full";
    /** Some 5 kB, so that all lines together are far more than all buffers on their way. */
    private static final String CONTEXT = IntStream.range(0, 25)
            .mapToObj(i -> "\"value%d\":\"%s\"".formatted(i, "x".repeat(190)))
            .collect(Collectors.joining(",", ",\"context\":{", "}"));

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.start("--tappa.decision.batches=1", "--tappa.decision.budget=1ms");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private final Client client = service.client();

    @Test
    void eachAnswerComesBeforeTheNextLineIsSent() throws Exception {
        try (var call = begun()) {
            for (int i = 1; i < 200; i++) {
                call.send(line(i, "") + "\n");

                assertThat(answer(call).path("index").asInt()).isEqualTo(i);
            }
            call.send(line(200, ""));
            call.end();
            assertThat(answer(call).path("index").asInt()).isEqualTo(200);
            assertThat(call.answer()).isNull();
        }
    }

    @Test
    void aReaderWhoStopsHoldsTheSenderUpAndGetsAllAnswersLater() throws Exception {
        try (var call = begun()) {
            var sent = new AtomicInteger();
            double before = decided();
            var sending = CompletableFuture.runAsync(() -> sendAll(call, sent));

            Patience.until("held up", SOON, new Unmoved(sent));

            assertThat(sent).hasValueBetween(1_000, LINES / 2);
            assertThat(decided() - before).isLessThan(LINES / 2.0);
            assertThat(single().status()).isEqualTo(200);
            var second = batch();
            assertThat(second.status()).isEqualTo(429);
            assertThat(second.code()).isEqualTo("overloaded");
            assertThat(second.retryAfter()).isNotEmpty();
            for (int i = 1; i < LINES; i++) {
                var answer = answer(call);
                assertThat(answer.path("index").asInt()).isEqualTo(i);
                assertThat(answer.path("degraded")).isEmpty();
            }
            assertThat(call.answer()).isNull();
            sending.join();
        }
    }

    @Test
    void whoHangsUpInTheMiddleIsForgottenAtOnce() throws Exception {
        double before = decided();
        for (int time = 0; time < 20; time++) {
            var call = begun();
            var sending = CompletableFuture.runAsync(() -> sendAll(call, new AtomicInteger()));
            for (int i = 1; i < 20 * time; i++) {
                assertThat(answer(call).path("index").asInt()).isEqualTo(i);
            }
            call.close();
            assertThat(sending).failsWithin(SOON);
        }
        Patience.until("room for another", SOON, () -> batch().status() == 200);

        double decided = decided();
        assertThat(decided - before).isLessThan(20 * LINES / 4.0);
        assertThat(single().status()).isEqualTo(200);
        assertThat(decided()).isEqualTo(decided + 1);
    }

    @Test
    void whoHangsUpWithinALineMakesRoomToo() throws Exception {
        try (var call = begun()) {
            call.send(line(1, "") + "\n{\"visitor\":");
            assertThat(answer(call).path("index").asInt()).isEqualTo(1);
            assertThat(batch().status()).isEqualTo(429);
        }
        Patience.until("room for another", SOON, () -> batch().status() == 200);
    }

    @Test
    void whoHangsUpBeforeTheFirstLineMakesRoomToo() throws Exception {
        Patience.until("heard", SOON, () -> {
            try (var call = new BatchCall(service, PATH)) {
                call.send("\n");
                return isFull();
            }
        });
        Patience.until("room for another", SOON, () -> batch().status() == 200);
    }

    @Test
    void linesHaveMoreTimeThanSingleCalls() throws Exception {
        try (var call = begun()) {
            for (int i = 1; i < 1_000; i++) {
                call.send(line(i, "") + "\n");
            }
            call.end();
            for (int i = 1; i < 1_000; i++) {
                assertThat(answer(call).path("degraded")).isEmpty();
            }
        }
    }

    /** Whether the call before has the place: it may have come before the place of an earlier one was free. */
    private boolean isFull() {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            if (batch().status() == 429) {
                return true;
            }
        }
        return false;
    }

    /** A call that has the only place there is, and its first answer. */
    private static BatchCall begun() throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (true) {
            var call = new BatchCall(service, PATH);
            call.send(line(0, "") + "\n");
            if (call.status().contains(" 200 ")) {
                assertThat(answer(call).path("index").asInt()).isZero();
                return call;
            }
            call.close();
            assertThat(System.nanoTime()).as("a place in time").isLessThan(end);
        }
    }

    private static JsonNode answer(BatchCall call) throws IOException {
        var answer = call.answer();
        if (answer == null) {
            throw new AssertionError("the answer has ended");
        }
        return answer;
    }

    private static void sendAll(BatchCall call, AtomicInteger sent) {
        try {
            for (int i = 1; i < LINES; i++) {
                call.send(line(i, CONTEXT) + "\n");
                sent.incrementAndGet();
            }
            call.end();
        } catch (IOException cut) {
            throw new AssertionError("cut off", cut);
        }
    }

    private static String line(int person, String more) {
        return "{\"visitor\":{\"anonymousId\":\"flow-%d\"}%s}".formatted(person, more);
    }

    private static double decided() {
        return service.bean(MeterRegistry.class).find("tappa.decisions").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum()
                / PLACEMENTS;
    }

    private Answer single() {
        return client.post("/v1/decisions", Events.question("single", null, "home"));
    }

    private Answer batch() {
        return client.send(client.request(PATH)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(line(0, "")))
                .build());
    }

    /** Whether a number stays the same for a second. */
    private static final class Unmoved implements Callable<Boolean> {
        private final AtomicInteger number;
        private int last;
        private long sinceNanos;

        Unmoved(AtomicInteger number) {
            this.number = number;
        }

        @Override
        public Boolean call() {
            int now = number.get();
            if (now != last || now == 0) {
                last = now;
                sinceNanos = System.nanoTime();
            }
            return System.nanoTime() - sinceNanos > Duration.ofSeconds(1).toNanos();
        }
    }
}
