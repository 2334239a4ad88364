package io.tappa.api.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.body.Body;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Tells the pack's owner news: always in the log, and by webhook where the operator names one. One after the other, each tried
 * five times; what comes while 100 wait, or is not taken, is lost to the webhook and counted.
 */
public final class OwnerNews implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerNews.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int TRIES = 5;
    private static final int MOST = 100;

    private final @Nullable URI url;
    private final Duration pause;
    private final Counter sent;
    private final Counter lost;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();
    private final Sinks.Many<News> waiting =
            Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(MOST));
    private final AtomicInteger unsent = new AtomicInteger();
    private Disposable sending = Disposables.disposed();

    OwnerNews(NotifySettings settings, MeterRegistry metrics) {
        this.url = settings.url();
        this.pause = settings.pause();
        this.sent = metrics.counter("tappa.news", "outcome", "sent");
        this.lost = metrics.counter("tappa.news", "outcome", "lost");
        if (url != null) {
            sending = waiting.asFlux().concatMap(news -> send(url, news), 1).subscribe();
        }
    }

    /** The webhook answered, but did not take it. */
    private static final class NotTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotTaken(int status) {
            super("it answered " + status, null, false, false);
        }
    }

    /** Tells {@code news}; at once, since nothing waits for the webhook. */
    public void tell(News news) {
        LOG.warn("{}, {} of {}: {}", news.topic().key(), news.what(), news.pack(), news.reason());
        if (url == null) {
            return;
        }
        unsent.incrementAndGet();
        synchronized (waiting) {
            if (waiting.tryEmitNext(news).isFailure()) {
                unsent.decrementAndGet();
                lose(news, "too many wait");
            }
        }
    }

    private void lose(News news, String why) {
        lost.increment();
        LOG.error("The webhook was not told {} of {}: {}", news.topic().key(), news.what(), why);
    }

    /** Ends in any case, so that the next one gets its turn. */
    private Mono<Void> send(URI to, News news) {
        return Mono.defer(() -> Mono.fromFuture(http.sendAsync(request(to, news), BodyHandlers.discarding())))
                .timeout(PATIENCE)
                .flatMap(OwnerNews::taken)
                .retryWhen(Retry.backoff(TRIES - 1, pause).maxBackoff(LONGEST_PAUSE))
                .doOnSuccess(taken -> sent.increment())
                .onErrorResume(failed -> {
                    var cause = failed.getCause();
                    lose(news, "%d tries failed, the last with %s".formatted(TRIES, cause == null ? failed : cause));
                    return Mono.empty();
                })
                .doOnSuccess(done -> unsent.decrementAndGet());
    }

    private static Mono<Void> taken(HttpResponse<Void> response) {
        return response.statusCode() / 100 == 2 ? Mono.empty() : Mono.error(new NotTaken(response.statusCode()));
    }

    /** As Standard Webhooks have it, but for the signature. */
    private static HttpRequest request(URI to, News news) {
        var body = Body.create()
                .put("type", news.topic().key())
                .put("pack", news.pack())
                .put("owner", news.owner())
                .put("what", news.what())
                .put("reason", news.reason())
                .put("at", news.at().toString());
        return HttpRequest.newBuilder(to)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("webhook-id", news.id())
                .header("webhook-timestamp", Long.toString(news.at().getEpochSecond()))
                .POST(BodyPublishers.ofString(Body.text(body)))
                .build();
    }

    /** What was not sent by now is lost. */
    @Override
    public void close() {
        sending.dispose();
        int left = unsent.getAndSet(0);
        if (left > 0) {
            lost.increment(left);
            LOG.error("The webhook was not told {} news before the end", left);
        }
    }
}
