package io.tappa.api.problem;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Knows whether a path that takes no request of one method takes those of another. */
@Component
final class OtherMethods {
    private static final List<HttpMethod> METHODS =
            List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE);

    private final RouterFunctionMapping routes;

    OtherMethods(@Qualifier("routerFunctionMapping") RouterFunctionMapping routes) {
        this.routes = routes;
    }

    /** The methods that the path of {@code exchange} takes; empty for an unknown path. */
    Mono<List<HttpMethod>> of(ServerWebExchange exchange) {
        return Flux.fromIterable(METHODS)
                .filterWhen(method -> routes.getHandler(as(method, exchange)).hasElement())
                .collectList();
    }

    /** Attributes of its own: a route that matches leaves its pattern there, and the next would build upon it. */
    private static ServerWebExchange as(HttpMethod method, ServerWebExchange exchange) {
        var attributes = new HashMap<>(exchange.getAttributes());
        var asked = exchange.mutate().request(request -> request.method(method)).build();
        return new ServerWebExchangeDecorator(asked) {
            @Override
            public Map<String, Object> getAttributes() {
                return attributes;
            }
        };
    }
}
