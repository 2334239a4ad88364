package io.tappa.loadtests;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Requests over loopback in a closed loop: as many as there are connections are under way at any time. */
final class Requests implements AutoCloseable {
    private static final int CONNECTIONS = 32;

    private final ConnectionProvider connections = ConnectionProvider.create("load", CONNECTIONS);
    private final HttpClient client = HttpClient.create(connections)
            .headers(headers -> headers.add("Content-Type", "application/json").add("X-API-Key", ServerProcess.KEY));

    /** Answers to {@code count} requests, one after the other. */
    String one(String url, String body) {
        return client.post()
                .uri(url)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8))))
                .responseSingle((response, answer) -> answer.asString())
                .blockOptional()
                .orElse("");
    }

    /** Asks for as long as {@code time}; answers how many were answered well. */
    long during(Duration time, String url, Supplier<String> bodies) {
        long end = System.nanoTime() + time.toNanos();
        var refused = new AtomicLong();
        long answered = Flux.<String>generate(sink -> {
                    if (System.nanoTime() < end) {
                        sink.next(bodies.get());
                    } else {
                        sink.complete();
                    }
                })
                .flatMap(body -> post(url, body, refused), CONNECTIONS, 1)
                .count()
                .blockOptional()
                .orElse(0L);
        if (refused.get() > 0) {
            throw new IllegalStateException(
                    "%d of %d requests to %s were refused.".formatted(refused.get(), answered, url));
        }
        return answered;
    }

    private Mono<Integer> post(String url, String body, AtomicLong refused) {
        return client.post()
                .uri(url)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8))))
                .responseSingle((response, answer) -> {
                    if (response.status().code() >= 300) {
                        refused.incrementAndGet();
                    }
                    return answer.asByteArray().map(bytes -> bytes.length).defaultIfEmpty(0);
                });
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
