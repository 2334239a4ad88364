package io.tappa.api.paths;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Finds the routes that know a path without variables by looking them up, where trying the routes of everybody one after the other costs
 * more than the answer. What these routes ask for, and what they do before they answer, stays with them; everything else is left to
 * the framework.
 *
 * <p>Times what it finds: {@code tappa.requests} by path and outcome, {@code answered} or {@code refused}.
 */
final class ExactPaths implements HandlerMapping, Ordered {
    private static final String REQUESTS = "tappa.requests";

    private final Map<String, Map<HttpMethod, Known>> byPath = new HashMap<>();
    private final List<HttpMessageReader<?>> readers;
    private final MeterRegistry registry;

    ExactPaths(Iterable<RouterFunction<?>> routes, List<HttpMessageReader<?>> readers, MeterRegistry registry) {
        this.readers = readers;
        this.registry = registry;
        routes.forEach(route -> route.accept(new Collector(route)));
    }

    /** Routes that know a path, and how long its answers take. */
    private record Known(RouterFunction<?> routes, Timer answered, Timer refused) {}

    /** Whether {@code path} is looked up here. */
    boolean knows(String path) {
        return byPath.containsKey(path);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Object> getHandler(ServerWebExchange exchange) {
        var asked = exchange.getRequest();
        var methods = byPath.get(asked.getPath().value());
        var known = methods == null ? null : methods.get(asked.getMethod());
        if (known == null) {
            return Mono.empty();
        }
        var request = ServerRequest.create(exchange, readers);
        exchange.getAttributes().put(RouterFunctions.REQUEST_ATTRIBUTE, request);
        return known.routes().route(request).map(handler -> new Timed(handler, known));
    }

    /** Somebody who answers, with the time that takes. */
    private final class Timed implements HandlerFunction<ServerResponse> {
        private final HandlerFunction<?> handler;
        private final Known known;

        Timed(HandlerFunction<?> handler, Known known) {
            this.handler = handler;
            this.known = known;
        }

        @Override
        public Mono<ServerResponse> handle(ServerRequest request) {
            var sample = Timer.start(registry);
            return handled(request)
                    .doOnSuccess(answer -> sample.stop(known.answered()))
                    .doOnError(failed -> sample.stop(known.refused()));
        }

        /** A handler that throws has failed as one that answers an error later. */
        private Mono<ServerResponse> handled(ServerRequest request) {
            try {
                return handler.handle(request).cast(ServerResponse.class);
            } catch (RuntimeException failed) {
                return Mono.error(failed);
            }
        }
    }

    /** Collects the routes that name a method and a path without variables. */
    private final class Collector implements RouterFunctions.Visitor {
        private final RouterFunction<?> routes;
        private int nested;

        Collector(RouterFunction<?> routes) {
            this.routes = routes;
        }

        @Override
        public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
            var exact = nested > 0 ? null : Exact.of(predicate);
            if (exact != null) {
                byPath.computeIfAbsent(exact.path(), path -> new HashMap<>())
                        .putIfAbsent(exact.method(), known(exact.path()));
            }
        }

        private Known known(String path) {
            return new Known(
                    routes,
                    registry.timer(REQUESTS, "path", path, "outcome", "answered"),
                    registry.timer(REQUESTS, "path", path, "outcome", "refused"));
        }

        @Override
        public void startNested(RequestPredicate predicate) {
            nested++;
        }

        @Override
        public void endNested(RequestPredicate predicate) {
            nested--;
        }

        @Override
        public void resources(Function<ServerRequest, Mono<Resource>> lookup) {
            // Files are no paths of ours.
        }

        @Override
        public void attributes(Map<String, Object> attributes) {
            // Nobody asks for attributes of a route.
        }

        @Override
        public void unknown(RouterFunction<?> route) {
            // It stays with the routes themselves.
        }
    }

    /**
     * The method and the path that a predicate names; whatever else it asks for, the routes do.
     *
     * @param method the method
     * @param path the path, without variables
     */
    private record Exact(HttpMethod method, String path) {
        private static @Nullable Exact of(RequestPredicate predicate) {
            var asked = new Asked();
            predicate.accept(asked);
            var method = asked.method;
            var path = asked.path;
            return method == null || path == null || path.matches(".*[{*?].*") ? null : new Exact(method, path);
        }
    }

    private static final class Asked implements RequestPredicates.Visitor {
        private @Nullable HttpMethod method;
        private @Nullable String path;

        @Override
        public void method(Set<HttpMethod> methods) {
            method = methods.iterator().next();
        }

        @Override
        public void path(String pattern) {
            path = pattern;
        }

        @Override
        @SuppressWarnings({"deprecation", "removal"})
        public void pathExtension(String extension) {
            // The routes ask for it themselves.
        }

        @Override
        public void header(String name, String value) {
            // The routes ask for it themselves.
        }

        @Override
        public void queryParam(String name, String value) {
            // The routes ask for it themselves.
        }

        @Override
        public void version(String version) {
            // The routes ask for it themselves.
        }

        @Override
        public void startAnd() {
            // The routes ask for it themselves.
        }

        @Override
        public void and() {
            // The routes ask for it themselves.
        }

        @Override
        public void endAnd() {
            // The routes ask for it themselves.
        }

        @Override
        public void startOr() {
            // The routes ask for it themselves.
        }

        @Override
        public void or() {
            // The routes ask for it themselves.
        }

        @Override
        public void endOr() {
            // The routes ask for it themselves.
        }

        @Override
        public void startNegate() {
            // The routes ask for it themselves.
        }

        @Override
        public void endNegate() {
            // The routes ask for it themselves.
        }

        @Override
        public void unknown(RequestPredicate predicate) {
            // The routes ask for it themselves.
        }
    }
}
