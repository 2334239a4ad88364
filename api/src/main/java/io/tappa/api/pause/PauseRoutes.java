package io.tappa.api.pause;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.pack.LivePack;
import io.tappa.api.pack.PackPaths;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.Keys;
import io.tappa.api.store.PauseStore;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pause.Pause;
import io.tappa.engine.pause.Pauses;
import io.tappa.engine.problem.Suggestion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code /v1/packs/{pack}/pauses}: pausing, what is paused, and ending it. */
@Configuration(proxyBeanMethods = false)
class PauseRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(PauseRoutes.class);
    private static final String PAUSES = "/v1/packs/{pack}/pauses";

    private final LivePauses pauses;
    private final LivePack live;
    private final Keys keys;
    private final InstantSource clock;

    PauseRoutes(LivePauses pauses, LivePack live, Keys keys, InstantSource clock) {
        this.pauses = pauses;
        this.live = live;
        this.keys = keys;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> pausesOfPack() {
        return route().GET(PAUSES, this::list)
                .POST(PAUSES, this::pause)
                .DELETE(PAUSES + "/{what}", this::end)
                .build();
    }

    /** Ready only once it is known what is paused, so that no node shows what is held. */
    @Bean
    ReactiveHealthIndicator pausesHealthIndicator() {
        return () -> Mono.fromSupplier(() -> (pauses.areKnown() ? Health.up() : Health.down()).build());
    }

    private Mono<ServerResponse> pause(ServerRequest request) {
        var by = keys.secret(request).id();
        var pack = pack(request);
        return Body.object(request)
                .map(body -> new PauseForm(pack).read(body, clock.millis(), by))
                .flatMap(pause -> pauses.put(pause).flatMap(taken -> {
                    if (!taken) {
                        throw tooMany();
                    }
                    LOG.info("{} is paused by {} until {}", pause.what(), by, end(pause));
                    var held = new Held(pack, List.of(pause.what()));
                    var answer = Body.create().put("pack", pack.version());
                    return Body.answer(answer.setAll(view(pause, held)));
                }));
    }

    private static HttpProblem tooMany() {
        return Field.wrong(
                "/what",
                "%d things are paused already, and no more can be.".formatted(PauseStore.MOST),
                "End some of them, or pause a channel or everything.");
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        keys.secret(request);
        var pack = pack(request);
        return pauses.stored().flatMap(stored -> Body.answer(view(stored, pack)));
    }

    private Mono<ServerResponse> end(ServerRequest request) {
        var by = keys.secret(request).id();
        pack(request);
        var what = request.pathVariable("what");
        return pauses.end(what).flatMap(ended -> {
            if (!ended) {
                throw unknown(what);
            }
            LOG.info("The pause of {} is ended by {}", what, by);
            return Body.answer(Body.create().put("ended", what));
        });
    }

    private HttpProblem unknown(String what) {
        return new HttpProblem(
                ProblemCode.UNKNOWN_PAUSE,
                "what",
                "\"%s\" is not paused.".formatted(what),
                Suggestion.cure(what, "pauses", pauses.now().byWhat().keySet()));
    }

    private PackSnapshot pack(ServerRequest request) {
        var pack = live.now();
        PackPaths.mustName(request.pathVariable("pack"), pack, request);
        return pack;
    }

    private static ObjectNode view(Pauses stored, PackSnapshot pack) {
        var held = new Held(pack, stored.byWhat().keySet());
        var body = Body.create().put("pack", pack.version());
        var list = body.putArray("pauses");
        stored.byWhat().values().forEach(pause -> list.add(view(pause, held)));
        return body;
    }

    private static ObjectNode view(Pause pause, Held held) {
        var line = Body.create();
        line.put("what", pause.what());
        line.put("reason", pause.reason());
        line.put("since", Instant.ofEpochMilli(pause.sinceMillis()).toString());
        line.put("until", pause.untilMillis() == Long.MAX_VALUE ? null : end(pause));
        line.put("by", pause.by());
        var count = held.by(pause.what());
        line.putObject("held")
                .put("rules", count.rules())
                .put("offers", count.offers())
                .put("placements", count.placements());
        return line;
    }

    private static String end(Pause pause) {
        return pause.untilMillis() == Long.MAX_VALUE
                ? "it is ended"
                : Instant.ofEpochMilli(pause.untilMillis()).toString();
    }
}
