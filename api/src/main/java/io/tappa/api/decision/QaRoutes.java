package io.tappa.api.decision;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.pack.LivePack;
import io.tappa.api.pack.PackPaths;
import io.tappa.api.record.Records;
import io.tappa.api.security.Keys;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.touchpoint.Placement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code POST /v1/packs/{pack}/qa-links}: links that show an offer to whoever has them, for trying it out. */
@Configuration(proxyBeanMethods = false)
class QaRoutes {
    private static final Duration USUAL = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(90);

    private final LivePack live;
    private final Records records;
    private final Keys keys;
    private final InstantSource clock;

    QaRoutes(LivePack live, Records records, Keys keys, InstantSource clock) {
        this.live = live;
        this.records = records;
        this.keys = keys;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> qaLinks() {
        return route().POST("/v1/packs/{pack}/qa-links", this::make).build();
    }

    private Mono<ServerResponse> make(ServerRequest request) {
        keys.secret(request);
        var pack = live.now();
        PackPaths.mustName(request.pathVariable("pack"), pack, request);
        return Body.object(request)
                .map(body -> read(body, pack, clock.millis()))
                .zipWith(records.ids())
                .flatMap(both -> {
                    var link = both.getT1();
                    var token = link.token(both.getT2());
                    return Body.answer(Body.create()
                            .put("placement", link.placement())
                            .put("offer", link.offer())
                            .put(
                                    "until",
                                    Instant.ofEpochMilli(link.untilMillis()).toString())
                            .put("token", token)
                            .put("parameter", "tappa-qa=" + token));
                });
    }

    private static QaLink read(ObjectNode body, PackSnapshot pack, long nowMillis) {
        Field.only(body, "", List.of("placement", "offer", "until"));
        var placements = pack.touchpoints().all().stream()
                .flatMap(touchpoint -> touchpoint.placements().stream())
                .map(Placement::fullName)
                .toList();
        var placement = name(body, "placement", placements);
        var offer = name(body, "offer", pack.offers().keys());
        return new QaLink(placement, offer, until(body, pack, nowMillis));
    }

    private static String name(ObjectNode body, String field, Collection<String> known) {
        var name = Field.text(body, field, "");
        if (name == null) {
            throw Field.wrong(
                    "/" + field,
                    "The body has no %s.".formatted(field),
                    "Send {\"placement\":\"home.hero\", \"offer\":\"…\"}.");
        }
        if (!known.contains(name)) {
            throw Field.wrong(
                    "/" + field,
                    "There is no %s \"%s\".".formatted(field, name),
                    Suggestion.cure(name, field + "s", known));
        }
        return name;
    }

    private static long until(ObjectNode body, PackSnapshot pack, long nowMillis) {
        var text = Field.text(body, "until", "");
        if (text == null) {
            return nowMillis + USUAL.toMillis();
        }
        var until = Field.end(text, pack.settings().zone());
        if (until == null
                || until.toEpochMilli() <= nowMillis
                || until.toEpochMilli() > nowMillis + LONGEST.toMillis()) {
            throw Field.wrong(
                    "/until",
                    "\"%s\" is no moment of the next %d days.".formatted(text, LONGEST.toDays()),
                    "Send a date, which is included, or a moment, or leave it out for %d days."
                            .formatted(USUAL.toDays()));
        }
        return until.toEpochMilli();
    }
}
