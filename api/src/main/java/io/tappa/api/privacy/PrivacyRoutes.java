package io.tappa.api.privacy;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.event.Eraser;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.event.VisitorMerges;
import io.tappa.api.event.VisitorPlaces;
import io.tappa.api.pack.LivePack;
import io.tappa.api.products.LiveProducts;
import io.tappa.api.security.Keys;
import io.tappa.api.store.Home;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.visitor.VisitorPaths;
import io.tappa.api.visitor.VisitorView;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackSnapshot;
import java.util.List;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code GET …/export} tells a person everything, {@code DELETE} forgets it. */
@Configuration(proxyBeanMethods = false)
class PrivacyRoutes {
    private static final int MOST_TRIES = 8;

    private final VisitorStore visitors;
    private final VisitorPlaces places;
    private final VisitorMerges merges;
    private final Eraser eraser;
    private final LiveProducts products;
    private final LivePack live;
    private final Keys keys;
    private final ServiceClock clock;

    PrivacyRoutes(
            VisitorStore visitors,
            VisitorMerges merges,
            Eraser eraser,
            LivePack live,
            Keys keys,
            ServiceClock clock,
            LiveProducts products) {
        this.products = products;
        this.visitors = visitors;
        this.places = new VisitorPlaces(visitors);
        this.merges = merges;
        this.eraser = eraser;
        this.live = live;
        this.keys = keys;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> privacy() {
        return route().GET(VisitorPaths.VISITOR + "/export", this::export)
                .DELETE(VisitorPaths.VISITOR, this::erase)
                .build();
    }

    private Mono<ServerResponse> export(ServerRequest request) {
        keys.secret(request);
        var pack = live.now();
        return VisitorPaths.visitor(request, pack, merges)
                .flatMap(home -> document(pack, home))
                .flatMap(Body::answer);
    }

    private Mono<ObjectNode> document(PackSnapshot pack, Home home) {
        return places.of(home)
                .flatMap(all ->
                        Mono.zip(each(all, visitors::log), each(all, visitors::ledger), visitors.fused(home.key())))
                .map(read -> {
                    var body = Body.create();
                    body.put("exportedAt", clock.now().toString());
                    body.set("visitor", VisitorView.of(pack, home, clock.millis(), products.now()));
                    Export.writeFused(body, read.getT3());
                    Export.write(body, pack, home.state());
                    Export.write(body, read.getT1(), read.getT2());
                    return body;
                });
    }

    private static <T> Mono<List<T>> each(List<VisitorKey> places, Function<VisitorKey, Mono<List<T>>> read) {
        return Flux.fromIterable(places)
                .concatMap(read)
                .flatMapIterable(Function.identity())
                .collectList();
    }

    private Mono<ServerResponse> erase(ServerRequest request) {
        keys.secret(request);
        return erase(request, MOST_TRIES).then(ServerResponse.noContent().build());
    }

    private Mono<Boolean> erase(ServerRequest request, int tries) {
        return VisitorPaths.visitor(request, live.now(), merges)
                .flatMap(home -> eraser.erase(live.now(), home, clock.millis()))
                .flatMap(done -> {
                    if (done) {
                        return Mono.just(true);
                    }
                    return tries == 0
                            ? Mono.error(new StoreUnavailable("lost every race for one visitor"))
                            : erase(request, tries - 1);
                });
    }
}
