package io.tappa.api.visitor;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.event.VisitorMerges;
import io.tappa.api.pack.LivePack;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.products.LiveProducts;
import io.tappa.api.security.Keys;
import io.tappa.api.store.Home;
import io.tappa.api.store.Lead;
import io.tappa.api.store.VisitorStore;
import io.tappa.engine.identity.EmailHash;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.Proof;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private static final List<IdKind> KINDS =
            Arrays.stream(IdKind.values()).filter(kind -> kind != IdKind.FUSED).toList();

    private final VisitorStore visitors;
    private final VisitorMerges merges;
    private final LiveProducts products;
    private final LivePack live;
    private final Keys keys;
    private final ServiceClock clock;

    VisitorRoutes(
            VisitorStore visitors,
            VisitorMerges merges,
            LivePack live,
            Keys keys,
            ServiceClock clock,
            LiveProducts products) {
        this.products = products;
        this.visitors = visitors;
        this.merges = merges;
        this.live = live;
        this.keys = keys;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> visitorLookUp() {
        return route().GET("/v1/visitors", this::find)
                .GET(VisitorPaths.VISITOR, this::show)
                .build();
    }

    private Mono<ServerResponse> find(ServerRequest request) {
        keys.secret(request);
        var ids = ids(request);
        long at = at(request);
        var pack = live.now();
        return visitors.leads(ids)
                .map(VisitorRoutes::known)
                .flatMap(home -> Body.answer(VisitorView.of(pack, home, at, products.now())));
    }

    private Mono<ServerResponse> show(ServerRequest request) {
        keys.secret(request);
        long at = at(request);
        var pack = live.now();
        return VisitorPaths.visitor(request, pack, merges)
                .flatMap(home -> Body.answer(VisitorView.of(pack, home, at, products.now())));
    }

    private static Home known(List<Lead> leads) {
        var lead = leads.get(0);
        if (!lead.state().isLight()) {
            return new Home(lead.key(), lead.state());
        }
        throw new HttpProblem(
                ProblemCode.NO_SUCH_VISITOR,
                "",
                "Nobody is known under this id.",
                "A visitor is known from the first event on; decisions alone make nobody known.");
    }

    private static Identities ids(ServerRequest request) {
        var ids = new ArrayList<Identity>();
        for (var kind : KINDS) {
            var id = id(request, kind.key());
            if (id != null) {
                ids.add(new Identity(kind, kind == IdKind.EMAIL ? EmailHash.of(id) : id));
            }
        }
        if (ids.size() != 1) {
            throw Field.wrong(
                    "userId",
                    "Exactly one of %s is needed."
                            .formatted(String.join(
                                    ", ", KINDS.stream().map(IdKind::key).toList())),
                    "Ask for example GET /v1/visitors?userId=u-1.");
        }
        return new Identities(ids, Proof.ALL);
    }

    private static @Nullable String id(ServerRequest request, String name) {
        var id = request.queryParam(name).orElse(null);
        if (id != null && !Identity.isAcceptable(id)) {
            throw Field.wrong(name, "This cannot be an id.", "Ask with the id as the site sent it.");
        }
        return id;
    }

    private long at(ServerRequest request) {
        return Field.millis(request, "at", clock.millis());
    }
}
