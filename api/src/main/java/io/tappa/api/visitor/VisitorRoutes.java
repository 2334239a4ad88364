package io.tappa.api.visitor;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.Keys;
import io.tappa.api.store.Home;
import io.tappa.api.store.Located;
import io.tappa.api.store.VisitorStore;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/visitors}: what is known of one visitor, for people who help them. */
@Configuration(proxyBeanMethods = false)
class VisitorRoutes {
    private final VisitorStore visitors;
    private final LivePack live;
    private final Keys keys;
    private final ServiceClock clock;

    VisitorRoutes(VisitorStore visitors, LivePack live, Keys keys, ServiceClock clock) {
        this.visitors = visitors;
        this.live = live;
        this.keys = keys;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> visitorLookUp() {
        return route().GET("/v1/visitors", this::find).build();
    }

    private Mono<ServerResponse> find(ServerRequest request) {
        keys.secret(request);
        var ids = ids(request);
        long at = at(request);
        var pack = live.now();
        return visitors.locate(ids)
                .map(VisitorRoutes::known)
                .flatMap(home -> Body.answer(VisitorView.of(pack, home, at)));
    }

    private static Home known(Located located) {
        if (located instanceof Located.At at && !at.home().state().isLight()) {
            return at.home();
        }
        throw new HttpProblem(
                ProblemCode.NO_SUCH_VISITOR,
                "",
                "Nobody is known under this id.",
                "A visitor is known from the first event on; decisions alone make nobody known.");
    }

    private static Identities ids(ServerRequest request) {
        var userId = id(request, "userId");
        var anonymousId = id(request, "anonymousId");
        if ((userId == null) == (anonymousId == null)) {
            throw Field.wrong(
                    "userId",
                    "Exactly one of userId and anonymousId is needed.",
                    "Ask for example GET /v1/visitors?userId=u-1.");
        }
        return Identities.of(anonymousId, userId);
    }

    private static @Nullable String id(ServerRequest request, String name) {
        var id = request.queryParam(name).orElse(null);
        if (id != null && !Identity.isAcceptable(id)) {
            throw Field.wrong(name, "This cannot be an id.", "Ask with the id as the site sent it.");
        }
        return id;
    }

    private long at(ServerRequest request) {
        var at = request.queryParam("at").orElse(null);
        if (at == null) {
            return clock.millis();
        }
        var moment = Field.moment(at);
        if (moment == null) {
            throw Field.wrong("at", "\"%s\" is no moment.".formatted(at), "Send for example 2026-03-02T10:00:00Z.");
        }
        return moment.toEpochMilli();
    }
}
