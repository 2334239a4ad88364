package io.tappa.api.demo;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.tappa.api.body.Field;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.event.VisitorNews;
import io.tappa.api.pack.LivePack;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.products.LiveProducts;
import io.tappa.api.security.Keys;
import io.tappa.api.store.VisitorStore;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import java.net.URI;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /demo} and {@code GET /demo/live}: only in local mode, since they show a visitor without asking for a key. */
@Configuration(proxyBeanMethods = false)
class DemoRoutes {
    private static final URI DEMO = URI.create("/demo");

    private final Keys keys;
    private final DemoPage page = DemoPage.load();
    private final LiveVisitor visitor;

    DemoRoutes(
            VisitorStore visitors,
            VisitorNews news,
            LivePack live,
            Keys keys,
            ServiceClock clock,
            LiveProducts products) {
        this.keys = keys;
        this.visitor = new LiveVisitor(visitors, news, live, clock, products);
    }

    @Bean
    RouterFunction<ServerResponse> demo() {
        return route().GET(
                        "/", request -> ServerResponse.temporaryRedirect(DEMO).build())
                .GET("/demo", request -> page())
                .GET("/demo/live", this::live)
                .filter(this::onlyLocal)
                .build();
    }

    private Mono<ServerResponse> onlyLocal(ServerRequest request, HandlerFunction<ServerResponse> next) {
        if (keys.local()) {
            return next.handle(request);
        }
        throw new HttpProblem(
                ProblemCode.NOT_FOUND,
                request.path(),
                "There is nothing at %s.".formatted(request.path()),
                "The demo is served only with the embedded Redis and on a loopback address.");
    }

    private Mono<ServerResponse> page() {
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", page.policy())
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .bodyValue(page.html());
    }

    private Mono<ServerResponse> live(ServerRequest request) {
        var anonymousId = request.queryParam("anonymousId").orElse("");
        if (!Identity.isAcceptable(anonymousId)) {
            throw Field.wrong(
                    "anonymousId",
                    "There is no anonymousId to follow.",
                    "Ask for example GET /demo/live?anonymousId=a-1.");
        }
        return ServerResponse.ok()
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .body(BodyInserters.fromServerSentEvents(visitor.follow(Identities.of(anonymousId, null))));
    }

    /** Without this an open page would hold up every shutdown until its patience ends. */
    @EventListener
    void closing(ContextClosedEvent event) {
        visitor.close();
    }
}
