package io.tappa.loadtests;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Requests over loopback in a closed loop: always equally many are under way. */
final class Requests implements AutoCloseable {
    private static final int CONNECTIONS = 32;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final String TYPE = "Content-Type";

    private final ConnectionProvider connections;
    private final HttpClient client;

    Requests() {
        this(CONNECTIONS);
    }

    /** Over at most so many connections; who comes when all are busy waits. */
    Requests(int most) {
        this.connections = ConnectionProvider.builder("load")
                .maxConnections(most)
                .pendingAcquireMaxCount(-1)
                .build();
        this.client = HttpClient.create(connections)
                .headers(headers -> headers.add(TYPE, "application/json").add("X-API-Key", ServerProcess.KEY));
    }

    /** The answer to one request. */
    String one(String url, String body) {
        return client.post()
                .uri(url)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8))))
                .responseSingle((response, answer) -> answer.asString())
                .blockOptional()
                .orElse("");
    }

    /** The number of lines in the answer to {@code lines} of JSON. */
    long lines(String url, String lines) {
        return client.headers(headers -> headers.set(TYPE, "application/x-ndjson"))
                .post()
                .uri(url)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(lines.getBytes(StandardCharsets.UTF_8))))
                .responseContent()
                .asString()
                .map(piece -> piece.chars().filter(c -> c == '\n').count())
                .reduce(Long::sum)
                .blockOptional()
                .orElse(0L);
    }

    /** Asks each of {@code bodies}, {@code atOnce} at a time; answers how many were answered, all of them well. */
    long each(List<String> bodies, int atOnce, String url) {
        var refused = new AtomicReference<String>();
        long answered = Flux.fromIterable(bodies)
                .flatMap(body -> post(url, body, refused), atOnce, 1)
                .count()
                .blockOptional()
                .orElse(0L);
        check(url, refused);
        return answered;
    }

    /** Asks for as long as {@code time}, {@code atOnce} at a time; answers how many were answered, all of them well. */
    long during(Duration time, int atOnce, String url, Supplier<String> bodies) {
        long end = System.nanoTime() + time.toNanos();
        var refused = new AtomicReference<String>();
        long answered = Flux.<String>generate(sink -> {
                    if (System.nanoTime() < end) {
                        sink.next(bodies.get());
                    } else {
                        sink.complete();
                    }
                })
                .flatMap(body -> post(url, body, refused), atOnce, 1)
                .count()
                .blockOptional()
                .orElse(0L);
        check(url, refused);
        return answered;
    }

    /**
     * Asks {@code perSecond} times a second for as long as {@code time}, however slow the answers are; answers how long each took from the
     * moment it was due, so that waiting behind a slow one counts.
     */
    Latencies atRate(int perSecond, Duration time, String url, Supplier<String> bodies) {
        var refused = new AtomicReference<String>();
        int all = Math.toIntExact(time.toMillis() * perSecond / 1_000);
        var took = new long[all];
        var missing = new CountDownLatch(all);
        long begin = System.nanoTime();
        for (int i = 0; i < all; i++) {
            int which = i;
            long due = begin + i * 1_000_000_000L / perSecond;
            await(due);
            post(url, bodies.get(), refused)
                    .doOnError(failed -> refused.set(String.valueOf(failed)))
                    .doFinally(ended -> {
                        took[which] = System.nanoTime() - due;
                        missing.countDown();
                    })
                    .subscribe(answer -> {}, failed -> {});
        }
        try {
            if (!missing.await(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("%s left %d unanswered.".formatted(url, missing.getCount()));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The load was interrupted.", stopped);
        }
        check(url, refused);
        return Latencies.of(took);
    }

    private static void await(long due) {
        long left = due - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = due - System.nanoTime();
        }
    }

    private static void check(String url, AtomicReference<String> refused) {
        if (refused.get() != null) {
            throw new IllegalStateException("A request to %s was refused: %s".formatted(url, refused.get()));
        }
    }

    private Mono<Integer> post(String url, String body, AtomicReference<String> refused) {
        return client.post()
                .uri(url)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8))))
                .responseSingle((response, answer) -> answer.asString()
                        .defaultIfEmpty("")
                        .doOnNext(text -> {
                            if (response.status().code() >= 300) {
                                refused.set(response.status() + " " + text);
                            }
                        }))
                .map(String::length);
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
