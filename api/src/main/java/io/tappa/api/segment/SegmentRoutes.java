package io.tappa.api.segment;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.event.BatchResult;
import io.tappa.api.event.EventParser;
import io.tappa.api.event.EventService;
import io.tappa.api.event.IncomingEvent;
import io.tappa.api.event.Refusal;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.problem.ProblemJson;
import io.tappa.api.security.ApiKey;
import io.tappa.api.security.Keys;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
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

    private final EventService events;
    private final Keys keys;
    private final ServiceClock clock;

    SegmentRoutes(EventService events, Keys keys, ServiceClock clock) {
        this.events = events;
        this.keys = keys;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> segment() {
        var routes = route().POST("/v1/batch", this::batch).POST("/v1/batch/", this::batch);
        for (var type : SINGLE) {
            routes.POST("/v1/" + type, request -> single(request, type));
            routes.POST("/v1/" + type + "/", request -> single(request, type));
        }
        return routes.build();
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
            return accept(request, key, body, one, type).flatMap(result -> {
                if (!result.refused().isEmpty()) {
                    var problem = result.refused().get(0).problem();
                    throw new HttpProblem(code(problem), List.of(problem));
                }
                return answer(result);
            });
        });
    }

    private static ProblemCode code(Problem problem) {
        for (var code : ProblemCode.values()) {
            if (code.key().equals(problem.code()) && code.status().value() == 400) {
                return code;
            }
        }
        return ProblemCode.INVALID_FIELD;
    }

    private static @Nullable String writeKey(ObjectNode body) {
        var key = body.get("writeKey");
        return key != null && key.isTextual() ? key.asText() : null;
    }

    private Mono<BatchResult> accept(
            ServerRequest request, ApiKey key, ObjectNode body, JsonNode batch, @Nullable String type) {
        boolean privacyControl = "1".equals(request.headers().firstHeader("Sec-GPC"));
        var parser = new EventParser(clock.received(), Field.text(body, "sentAt", ""), type == null ? "/batch" : null);
        var understood = new ArrayList<IncomingEvent>();
        var refused = new ArrayList<Refusal>();
        for (int i = 0; i < batch.size(); i++) {
            var parsed = parser.parse(i, batch.get(i), type, null);
            var incoming = parsed.incoming();
            var refusal = parsed.refusal() != null ? parsed.refusal() : unproven(key, incoming);
            if (refusal != null) {
                refused.add(refusal);
            } else if (incoming != null) {
                var event = speaksFor(key, incoming) ? incoming : incoming.unproven();
                understood.add(privacyControl ? event.withGlobalPrivacyControl() : event);
            }
        }
        return events.accept(understood, refused);
    }

    private boolean speaksFor(ApiKey key, IncomingEvent incoming) {
        var userId = incoming.event().ids().userId();
        var hash = incoming.event().values().get("context.userHash");
        return userId == null ? keys.maySpeakForAll(key) : keys.maySpeakFor(key, userId.value(), hash);
    }

    /** Without a device's id there is nobody else for whom the event could count. */
    private @Nullable Refusal unproven(ApiKey key, @Nullable IncomingEvent incoming) {
        if (incoming == null
                || incoming.event().ids().all().stream()
                        .anyMatch(id -> !id.kind().namesAPerson())
                || speaksFor(key, incoming)) {
            return null;
        }
        return new Refusal(
                incoming.index(),
                incoming.event().messageId(),
                Problem.error(
                        ProblemCode.WRONG_KEY_KIND.key(),
                        Place.pointer(incoming.pointer() + "/userId"),
                        "A publishable key alone cannot speak for a person.",
                        "Send context.userHash, made by your server, or use a secret key."));
    }

    private static Mono<ServerResponse> answer(BatchResult result) {
        var body = Body.create();
        body.put("success", true);
        body.put("accepted", result.accepted());
        body.put("duplicates", result.duplicates());
        if (!result.degraded().isEmpty()) {
            var degraded = body.putArray("degraded");
            result.degraded().forEach(degraded::add);
        }
        var refused = body.putArray("refused");
        for (var refusal : result.refused()) {
            var reason = ProblemJson.reason(refusal.problem());
            reason.put("index", refusal.index());
            reason.put("messageId", refusal.messageId());
            refused.add(reason);
        }
        return Body.answer(body);
    }
}
