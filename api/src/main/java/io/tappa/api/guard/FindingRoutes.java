package io.tappa.api.guard;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.pause.LivePauses;
import io.tappa.api.security.Keys;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pause.Pauses;
import java.time.Instant;
import java.util.ArrayList;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/findings}: what somebody should look at now, and how all guard rails stand. */
final class FindingRoutes {
    private final Look look;
    private final LivePauses pauses;
    private final LivePack live;
    private final Keys keys;
    private final ServiceClock clock;

    FindingRoutes(Look look, LivePauses pauses, LivePack live, Keys keys, ServiceClock clock) {
        this.look = look;
        this.pauses = pauses;
        this.live = live;
        this.keys = keys;
        this.clock = clock;
    }

    RouterFunction<ServerResponse> routes() {
        return route().GET("/v1/findings", this::findings).build();
    }

    private Mono<ServerResponse> findings(ServerRequest request) {
        keys.secret(request);
        var pack = live.now();
        long now = clock.millis();
        return Mono.zip(look.at(pack, now), pauses.stored())
                .flatMap(known -> Body.answer(body(pack, known.getT1(), known.getT2(), now)));
    }

    private static ObjectNode body(PackSnapshot pack, Look.Seen seen, Pauses stored, long nowMillis) {
        var body = Body.create();
        body.put("pack", pack.version());
        body.put("at", Instant.ofEpochMilli(nowMillis).toString());
        var findings = new ArrayList<>(seen.findings());
        findings.addAll(Guard.held(pack, seen.findings(), stored));
        findings.sort(Finding.IN_ORDER);
        var list = body.putArray("findings");
        findings.forEach(finding -> list.add(finding.json()));
        var rails = body.putArray("guardRails");
        for (var reading : seen.readings()) {
            rails.addObject()
                    .put("campaign", reading.campaign().key())
                    .put("rail", reading.rail().key())
                    .put("reached", reading.tripped())
                    .put("sentence", reading.sentence());
        }
        return body;
    }
}
