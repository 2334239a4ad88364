package io.tappa.api.journeymap;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.pack.LivePack;
import io.tappa.api.pack.PackPaths;
import io.tappa.api.security.Keys;
import io.tappa.api.store.VisitorStore;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.simulation.Simulation;
import io.tappa.engine.transition.StageCounts;
import java.util.SortedMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/journeys/{journey}/stages}: how many people are in which stage, from exact counters. */
@Configuration(proxyBeanMethods = false)
class JourneyRoutes {
    private final VisitorStore visitors;
    private final LivePack live;
    private final Keys keys;

    JourneyRoutes(VisitorStore visitors, LivePack live, Keys keys) {
        this.visitors = visitors;
        this.live = live;
        this.keys = keys;
    }

    @Bean
    RouterFunction<ServerResponse> journeyStages() {
        return route().GET("/v1/journeys", this::journeys)
                .GET("/v1/journeys/{journey}/stages", this::stages)
                .build();
    }

    private Mono<ServerResponse> journeys(ServerRequest request) {
        keys.secret(request);
        var body = Body.create();
        var journeys = body.putArray("journeys");
        live.now().journeys().forEach(journey -> journeys.add(journey.key()));
        return Body.answer(body);
    }

    private Mono<ServerResponse> stages(ServerRequest request) {
        keys.secret(request);
        var journey = PackPaths.journey(request, live.now());
        return visitors.counters(journey.key()).flatMap(counters -> Body.answer(body(journey, counters)));
    }

    private static ObjectNode body(Journey journey, SortedMap<String, Long> counters) {
        var count = Simulation.count(journey.stageKeys(), counters);
        var body = Body.create();
        body.put("journey", journey.key());
        body.put("visitors", counters.getOrDefault(StageCounts.VISITORS, 0L));
        var stages = body.putObject("stages");
        journey.stageKeys().forEach(stage -> stages.put(stage, count.stages().getOrDefault(stage, 0L)));
        var moves = body.putObject("moves");
        count.moves().forEach(moves::put);
        return body;
    }
}
