package io.tappa.api.segment;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.event.BatchJson;
import io.tappa.api.event.BatchResult;
import io.tappa.api.event.EventIntake;
import io.tappa.api.event.EventParser;
import io.tappa.api.event.EventParser.Parsed;
import io.tappa.api.event.PrivacyControl;
import io.tappa.api.event.RefusedBodies;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.security.ApiKey;
import io.tappa.api.security.Keys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The Segment HTTP Tracking API: translates, and nothing more. */
@Configuration(proxyBeanMethods = false)
class SegmentRoutes {
    private static final List<String> SINGLE = List.of("track", "identify", "page", "screen", "alias");

    private final EventIntake intake;
    private final Keys keys;
    private final ServiceClock clock;
    private final LivePack live;
    private final RefusedBodies refused;

    SegmentRoutes(EventIntake intake, Keys keys, ServiceClock clock, LivePack live, RefusedBodies refused) {
        this.refused = refused;
        this.intake = intake;
        this.keys = keys;
        this.clock = clock;
        this.live = live;
    }

    @Bean
    RouterFunction<ServerResponse> segment() {
        var routes = route().POST("/v1/batch", this::batch).POST("/v1/batch/", this::batch);
        for (var type : SINGLE) {
            routes.POST("/v1/" + type, request -> single(request, type));
            routes.POST("/v1/" + type + "/", request -> single(request, type));
        }
        return routes.filter(refused).build();
    }

    private Mono<ServerResponse> batch(ServerRequest request) {
        return Body.object(request).flatMap(body -> {
            var key = keys.of(request, writeKey(body));
            var batch = Field.list(body, "batch", "");
            if (batch == null) {
                throw Field.wrong("/batch", "The body has no list \"batch\".", "Send {\"batch\":[…]}.");
            }
            return accept(request, key, body, batch, null).flatMap(SegmentRoutes::answer);
        });
    }

    private Mono<ServerResponse> single(ServerRequest request, String type) {
        return Body.object(request).flatMap(body -> {
            var key = keys.of(request, writeKey(body));
            var one = Body.create().putArray("batch").add(body);
            return accept(request, key, body, one, type).map(BatchJson::alone).flatMap(SegmentRoutes::answer);
        });
    }

    private static @Nullable String writeKey(ObjectNode body) {
        var key = body.get("writeKey");
        return key != null && key.isTextual() ? key.asText() : null;
    }

    private Mono<BatchResult> accept(
            ServerRequest request, ApiKey key, ObjectNode body, JsonNode batch, @Nullable String type) {
        var privacy = PrivacyControl.of(request);
        var parser = new EventParser(
                clock.received(), Field.text(body, "sentAt", ""), type == null ? "/batch" : null, live.now());
        var parsed = new ArrayList<Parsed>();
        for (int i = 0; i < batch.size(); i++) {
            parsed.add(privacy.heardIn(parser.parse(i, batch.get(i), type, null)));
        }
        return intake.accept(key, parsed);
    }

    private static Mono<ServerResponse> answer(BatchResult result) {
        return Body.answer(BatchJson.of(result));
    }
}
