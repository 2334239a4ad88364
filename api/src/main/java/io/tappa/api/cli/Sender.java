package io.tappa.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tappa.api.body.Body;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.simulation.TrafficSummary;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends events in batches, several at once, but one person's events never in two batches on their way. */
final class Sender {
    private static final int BATCH = 100;
    private static final int BATCHES_AT_ONCE = 4;
    private static final String CONTEXT = "context.";
    private static final Set<String> NUMBERS = Set.of("price", "total", "quantity");

    private final ServiceClient client;
    private final ExecutorService senders = Executors.newFixedThreadPool(BATCHES_AT_ONCE, task -> {
        var thread = new Thread(task, "send");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<OnItsWay> onTheirWay = new ArrayDeque<>();
    private ArrayNode batch = Body.create().putArray("batch");
    private Set<Identity> people = new HashSet<>();
    private long accepted;
    private long duplicates;
    private long refused;

    /** A batch that was sent, and whose it is. */
    private record OnItsWay(Set<Identity> people, CompletableFuture<JsonNode> answer) {}

    Sender(ServiceClient client) {
        this.client = client;
    }

    void refuse() {
        refused++;
    }

    void send(VisitorEvent event) {
        batch.add(json(event));
        people.add(event.ids().lane());
        if (batch.size() == BATCH) {
            flush();
        }
    }

    private void flush() {
        if (batch.isEmpty()) {
            return;
        }
        while (onTheirWay.size() >= BATCHES_AT_ONCE
                || onTheirWay.stream().anyMatch(other -> other.people().stream().anyMatch(people::contains))) {
            arrived(onTheirWay.removeFirst());
        }
        var body = Body.text(Body.create().set("batch", batch));
        var answer = CompletableFuture.supplyAsync(() -> post(body), senders);
        onTheirWay.addLast(new OnItsWay(people, answer));
        batch = Body.create().putArray("batch");
        people = new HashSet<>();
    }

    private JsonNode post(String body) {
        try {
            return client.post("/v1/batch", body);
        } catch (IOException failed) {
            throw new CompletionException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CompletionException(stopped);
        }
    }

    private void arrived(OnItsWay sent) {
        try {
            var answer = sent.answer().join();
            accepted += answer.path("accepted").asLong();
            duplicates += answer.path("duplicates").asLong();
            refused += answer.path("refused").size();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof CommandFailed known
                    ? known
                    : new CommandFailed("Sending failed: " + failed.getCause());
        }
    }

    /** Waits for everything on its way, then asks the service where people are now. */
    TrafficSummary finish() throws IOException, InterruptedException {
        flush();
        while (!onTheirWay.isEmpty()) {
            arrived(onTheirWay.removeFirst());
        }
        var journeys = new TreeMap<String, TrafficSummary.JourneyCount>();
        long visitors = 0;
        for (var journey : client.get("/v1/journeys").path("journeys")) {
            var stages = client.get("/v1/journeys/%s/stages".formatted(journey.asText()));
            visitors = Math.max(visitors, stages.path("visitors").asLong());
            journeys.put(
                    journey.asText(),
                    new TrafficSummary.JourneyCount(counts(stages.path("stages")), counts(stages.path("moves"))));
        }
        return new TrafficSummary(accepted, duplicates, refused, visitors, journeys);
    }

    private static SortedMap<String, Long> counts(JsonNode object) {
        var counts = new TreeMap<String, Long>();
        object.properties()
                .forEach(field -> counts.put(field.getKey(), field.getValue().asLong()));
        return counts;
    }

    private static JsonNode json(VisitorEvent event) {
        var json = Body.create();
        json.put("type", "track");
        json.put("messageId", event.messageId());
        event.ids().all().forEach(id -> json.put(id.kind().key(), id.value()));
        json.put("event", event.name());
        json.put("timestamp", event.time().toString());
        var properties = json.putObject("properties");
        var context = json.putObject("context");
        event.values().forEach((path, value) -> {
            if (path.startsWith(CONTEXT)) {
                var names = path.substring(CONTEXT.length()).split("\\.", -1);
                var inner = context;
                for (int i = 0; i < names.length - 1; i++) {
                    inner = inner.withObjectProperty(names[i]);
                }
                inner.put(names[names.length - 1], value);
            } else if (NUMBERS.contains(path)) {
                properties.put(path, new BigDecimal(value));
            } else {
                properties.put(path, value);
            }
        });
        return json;
    }
}
