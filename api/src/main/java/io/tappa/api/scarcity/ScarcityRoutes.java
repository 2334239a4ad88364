package io.tappa.api.scarcity;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.tappa.api.body.Body;
import io.tappa.api.pack.LivePack;
import io.tappa.api.pack.PackPaths;
import io.tappa.api.security.Keys;
import io.tappa.api.store.CodeStore;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code GET /v1/packs/{pack}/codes}: how many codes of each pool nobody has yet. */
final class ScarcityRoutes {
    private final CodeStore codes;
    private final LivePack live;
    private final Keys keys;

    ScarcityRoutes(CodeStore codes, LivePack live, Keys keys) {
        this.codes = codes;
        this.live = live;
        this.keys = keys;
    }

    RouterFunction<ServerResponse> routes() {
        return route().GET("/v1/packs/{pack}/codes", this::codes).build();
    }

    private Mono<ServerResponse> codes(ServerRequest request) {
        keys.secret(request);
        var pack = live.now();
        PackPaths.mustName(request.pathVariable("pack"), pack, request);
        var body = Body.create();
        var pools = body.putArray("pools");
        return Flux.fromIterable(pack.programme().codes().byName().keySet())
                .concatMap(pool -> codes.level(pool).doOnNext(level -> {
                    var line = pools.addObject().put("pool", pool);
                    line.put("codes", level.all())
                            .put("given", level.all() - level.left())
                            .put("left", level.left());
                    line.put("low", level.isLow());
                }))
                .then(Mono.defer(() -> Body.answer(body)));
    }
}
