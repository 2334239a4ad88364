package io.tappa.api.catchup;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.pack.LivePack;
import io.tappa.api.pack.PackPaths;
import io.tappa.api.security.Keys;
import io.tappa.api.store.CatchUp;
import io.tappa.api.store.CatchUpStore;
import io.tappa.engine.fact.Gathering;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/packs/{pack}/facts}: what rules may ask, from when on it is known, and how far visitors have caught up. */
@Configuration(proxyBeanMethods = false)
class FactRoutes {
    private final CatchUpStore store;
    private final LivePack live;
    private final Keys keys;

    FactRoutes(CatchUpStore store, LivePack live, Keys keys) {
        this.store = store;
        this.live = live;
        this.keys = keys;
    }

    @Bean
    RouterFunction<ServerResponse> factsOfPack() {
        return route().GET("/v1/packs/{pack}/facts", this::facts).build();
    }

    private Mono<ServerResponse> facts(ServerRequest request) {
        keys.secret(request);
        var pack = live.now();
        PackPaths.mustName(request.pathVariable("pack"), pack, request);
        return store.progress().flatMap(progress -> Body.answer(view(pack, progress)));
    }

    private static ObjectNode view(PackSnapshot pack, CatchUp progress) {
        var body = Body.create();
        body.put("pack", pack.version());
        var facts = body.putArray("facts");
        for (var fact : pack.facts().facts()) {
            var line = facts.addObject();
            line.put("id", fact.id());
            line.put("label", fact.label());
            line.put("type", fact.type().name().toLowerCase(Locale.ROOT));
            long from = pack.facts().knownFrom(Map.of(), fact);
            if (from == Gathering.NEVER) {
                line.put("knownOf", "visitors who came later");
            } else if (from > 0) {
                line.put("knownFrom", Instant.ofEpochMilli(from).toString());
            }
        }
        catchUp(body.putObject("catchUp"), pack, progress);
        return body;
    }

    private static void catchUp(ObjectNode json, PackSnapshot pack, CatchUp progress) {
        boolean isOfThisPack = progress.timers().equals(pack.timers());
        json.put("state", !isOfThisPack ? "waiting" : progress.finished() ? "finished" : "running");
        json.put("pack", progress.pack());
        json.put("visitors", progress.visitors());
        json.put("changed", progress.changed());
        json.put("logsCut", progress.cut());
        if (progress.beganMillis() > 0) {
            json.put("beganAt", Instant.ofEpochMilli(progress.beganMillis()).toString());
        }
        if (progress.endedMillis() > 0) {
            json.put("endedAt", Instant.ofEpochMilli(progress.endedMillis()).toString());
        }
    }
}
