package io.tappa.api.problem;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses more API requests at once than can be answered in time, before queues grow.
 *
 * <p>Setting {@code tappa.overload.in-flight}: requests being answered at the same time, beyond which 429 is answered.
 */
@Component
@Order(0)
final class InFlightLimit implements WebFilter {
    private final AtomicInteger inFlight = new AtomicInteger();
    private final int most;

    InFlightLimit(@Value("${tappa.overload.in-flight:4000}") int most) {
        this.most = most;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!exchange.getRequest().getPath().value().startsWith("/v1/")) {
            return chain.filter(exchange);
        }
        if (inFlight.incrementAndGet() > most) {
            inFlight.decrementAndGet();
            return Mono.error(new HttpProblem(
                    ProblemCode.OVERLOADED,
                    "",
                    "More than %d requests are being answered at once.".formatted(most),
                    "Send the same request again in a second; nothing is counted twice."));
        }
        return chain.filter(exchange).doFinally(end -> inFlight.decrementAndGet());
    }
}
