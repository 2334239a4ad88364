package io.tappa.api.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A little server that takes webhooks, or refuses some of them first. */
public final class Receiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

    /** One call, and how it was answered. */
    public record Call(String id, String contentType, JsonNode body, int status) {}

    /** Answers the first calls with {@code firstStatuses}, and takes all that follow. */
    public Receiver(Integer... firstStatuses) {
        statuses.addAll(List.of(firstStatuses));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/hook", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = JSON.readTree(exchange.getRequestBody());
            var next = statuses.poll();
            int status = next == null ? 204 : next;
            var headers = exchange.getRequestHeaders();
            calls.add(new Call(headers.getFirst("webhook-id"), headers.getFirst("Content-Type"), body, status));
            exchange.sendResponseHeaders(status, -1);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** All calls up to now. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Types and things of what was taken. */
    public List<String> taken() {
        return calls.stream()
                .filter(call -> call.status() < 300)
                .map(call -> call.body().path("type").asText() + " "
                        + call.body().path("what").asText())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
