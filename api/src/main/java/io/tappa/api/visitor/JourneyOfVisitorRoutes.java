package io.tappa.api.visitor;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.event.EventService;
import io.tappa.api.event.IncomingEvent;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.event.VisitorMerges;
import io.tappa.api.pack.LivePack;
import io.tappa.api.pack.PackPaths;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.Keys;
import io.tappa.api.store.Home;
import io.tappa.api.store.VisitorStore;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import io.tappa.engine.problem.Suggestion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** One visitor's way through one journey, at any moment; and setting a stage by hand. */
@Configuration(proxyBeanMethods = false)
class JourneyOfVisitorRoutes {
    private static final String JOURNEY = VisitorPaths.VISITOR + "/journeys/{journey:[a-z0-9-]+}";
    private static final int LONGEST_REASON = 200;

    private final VisitorMerges merges;
    private final JourneyHistory histories;
    private final EventService events;
    private final LivePack live;
    private final Keys keys;
    private final ServiceClock clock;

    JourneyOfVisitorRoutes(
            VisitorStore visitors,
            VisitorMerges merges,
            EventService events,
            LivePack live,
            Keys keys,
            ServiceClock clock) {
        this.histories = new JourneyHistory(visitors);
        this.merges = merges;
        this.events = events;
        this.live = live;
        this.keys = keys;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> journeyOfVisitor() {
        return route().GET(JOURNEY, this::look)
                .POST(JOURNEY + ":move", this::move)
                .build();
    }

    private Mono<ServerResponse> look(ServerRequest request) {
        keys.secret(request);
        var pack = live.now();
        var journey = PackPaths.journey(request, pack);
        var now = clock.now();
        var asOf = Field.moment(request, "asOf", now);
        return VisitorPaths.visitor(request, pack, merges)
                .flatMap(home -> histories.of(home, journey.key()).flatMap(lines -> {
                    boolean present = !asOf.isBefore(now);
                    return Body.answer(view(home, journey, asOf, present, lines));
                }));
    }

    private static ObjectNode view(Home home, Journey journey, Instant asOf, boolean present, List<ObjectNode> lines) {
        var until = lines.stream()
                .filter(line -> !Instant.parse(line.path("at").asText()).isAfter(asOf))
                .toList();
        if (until.isEmpty()) {
            throw new HttpProblem(
                    ProblemCode.BEFORE_HISTORY,
                    "asOf",
                    "Nothing is known of the journey %s at %s.".formatted(journey.key(), asOf),
                    lines.isEmpty()
                            ? "The visitor has not entered it."
                            : "The first entry is of %s."
                                    .formatted(lines.get(0).path("at").asText()));
        }
        var last = until.get(until.size() - 1);
        var body = Body.create();
        body.put("id", home.key().text());
        body.put("journey", journey.key());
        body.put("asOf", asOf.toString());
        var in = present ? home.state().now().in(journey.key()) : null;
        body.put("stage", in == null ? last.path("stage").asText() : in.stage());
        body.put(
                "since",
                in == null
                        ? last.path("at").asText()
                        : Instant.ofEpochMilli(in.sinceMillis()).toString());
        var history = body.putArray("history");
        until.forEach(line -> {
            line.remove("journey");
            history.add(line);
        });
        return body;
    }

    private Mono<ServerResponse> move(ServerRequest request) {
        keys.secret(request);
        var pack = live.now();
        var journey = PackPaths.journey(request, pack);
        return Body.object(request).flatMap(body -> {
            var values = values(journey, body);
            return VisitorPaths.visitor(request, pack, merges)
                    .flatMap(home -> events.accept(List.of(event(home, values)), List.of()))
                    .then(Mono.defer(() -> VisitorPaths.visitor(request, pack, merges)))
                    .flatMap(home -> {
                        var in = home.state().now().in(journey.key());
                        var answer = Body.create();
                        answer.put("id", home.key().text());
                        answer.put("journey", journey.key());
                        answer.put("stage", in == null ? "" : in.stage());
                        return Body.answer(answer);
                    });
        });
    }

    private static Map<String, String> values(Journey journey, ObjectNode body) {
        Field.only(body, "", List.of("stage", "reason"));
        var stage = Field.text(body, "stage", "");
        var reason = Field.text(body, "reason", "");
        if (stage == null || (journey.stage(stage) == null && !stage.equals(Move.NOWHERE))) {
            throw new HttpProblem(
                    ProblemCode.UNKNOWN_STAGE,
                    "/stage",
                    stage == null
                            ? "The body names no stage."
                            : "There is no stage \"%s\" in the journey %s.".formatted(stage, journey.key()),
                    Suggestion.cure(stage == null ? "" : stage, "stages", journey.stageKeys()));
        }
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw Field.wrong(
                    "/reason",
                    "A stage set by hand needs a reason of at most %d characters.".formatted(LONGEST_REASON),
                    "Send for example \"reason\": \"bought by phone\".");
        }
        return Map.of("journey", journey.key(), "stage", stage, "reason", reason);
    }

    private IncomingEvent event(Home home, Map<String, String> values) {
        var ids = Identities.of(home.state().ownId());
        var id = UUID.randomUUID().toString();
        var event = new VisitorEvent(id, ids, VisitorEvent.STAGE_SET, clock.now(), new TreeMap<>(values));
        return new IncomingEvent(0, "", event);
    }
}
