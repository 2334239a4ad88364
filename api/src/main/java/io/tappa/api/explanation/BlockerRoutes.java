package io.tappa.api.explanation;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.decision.LiveSurroundings;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.pack.PackPaths;
import io.tappa.api.products.LiveProducts;
import io.tappa.api.reach.Reach;
import io.tappa.api.reach.Reach.Sample;
import io.tappa.api.security.Keys;
import io.tappa.api.store.VisitorWalk;
import io.tappa.engine.decision.Fate;
import io.tappa.engine.decision.Histogram;
import io.tappa.engine.problem.Suggestion;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/packs/{pack}/blockers}: at which filters an offer is lost now, for how many people. */
@Configuration(proxyBeanMethods = false)
class BlockerRoutes {
    private static final int DIGITS = 4;
    private static final String PEOPLE = "people";
    private static final String PLACEMENT = "placement";
    private static final String SEGMENT = "segment";

    private final Reach reach;
    private final LivePack live;
    private final LiveProducts products;
    private final LiveSurroundings surroundings;
    private final Keys keys;
    private final ServiceClock clock;

    BlockerRoutes(
            VisitorWalk walk,
            LivePack live,
            LiveProducts products,
            LiveSurroundings surroundings,
            Keys keys,
            ServiceClock clock) {
        this.reach = new Reach(walk);
        this.live = live;
        this.products = products;
        this.surroundings = surroundings;
        this.keys = keys;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> blockersOfAnOffer() {
        return route().GET("/v1/packs/{pack}/blockers", this::count).build();
    }

    private Mono<ServerResponse> count(ServerRequest request) {
        keys.secret(request);
        var pack = live.now();
        PackPaths.mustName(request.pathVariable("pack"), pack, request);
        var offer = Parameters.offer(request, pack);
        var segment =
                Parameters.known(request, SEGMENT, "segments", pack.segments().keys());
        var placement = placement(request, offer, Fate.placements(pack, offer));
        var pages = placement == null ? Crowd.pages(pack, Fate.placements(pack, offer)) : Crowd.page(pack, placement);
        var moment = new Crowd.Moment(clock.millis(), products.now(), surroundings.unkept());
        var crowd = new Crowd(pack, offer, segment, pages, moment);
        return reach.sample(crowd::fate, Histogram::new, (histogram, fate) -> fate.ifPresent(histogram::add))
                .flatMap(sample -> Body.answer(view(crowd, placement, sample)));
    }

    private static @Nullable String placement(ServerRequest request, String offer, List<String> showing) {
        if (showing.isEmpty()) {
            throw Field.wrong(
                    "offer",
                    "No rule shows the offer \"%s\".".formatted(offer),
                    "It can only stand in as a fallback or in an experiment; ask for an offer that a rule shows.");
        }
        var placement = request.queryParam(PLACEMENT).orElse(null);
        if (placement != null && !showing.contains(placement)) {
            throw Field.wrong(
                    PLACEMENT,
                    "No rule shows the offer \"%s\" at \"%s\".".formatted(offer, placement),
                    Suggestion.cure(placement, "placements where one does", showing));
        }
        return placement;
    }

    private static ObjectNode view(Crowd crowd, @Nullable String placement, Sample<Histogram> sample) {
        var histogram = sample.seen();
        var body = Body.create();
        body.put("pack", crowd.pack().version());
        body.put("offer", crowd.offer());
        body.put(PLACEMENT, placement);
        body.put(SEGMENT, crowd.segment());
        body.put("of", sample.of());
        body.put("looked", sample.looked());
        body.put("estimated", sample.looked() < sample.of());
        people(body, histogram.people(), sample);
        bar(body.putObject("shown"), histogram.shown(), sample);
        var blockers = body.putArray("blockers");
        histogram.bars().forEach(counted -> {
            var line = blockers.addObject().put("filter", counted.filter());
            bar(line, counted.people(), sample);
            var missing = counted.missing();
            if (missing != null) {
                var fact = line.putObject("missing");
                fact.put("fact", missing.id());
                fact.put("label", missing.label());
                people(fact, counted.withoutIt(), sample);
            }
        });
        return body;
    }

    private static void people(ObjectNode body, long seen, Sample<Histogram> sample) {
        var found = Reach.estimate(seen, sample.looked(), sample.of());
        body.put(PEOPLE, found.people());
        body.put("margin", found.margin());
    }

    private static void bar(ObjectNode body, long seen, Sample<Histogram> sample) {
        people(body, seen, sample);
        long all = sample.seen().people();
        body.put(
                "share",
                all == 0
                        ? BigDecimal.ZERO
                        : BigDecimal.valueOf(seen).divide(BigDecimal.valueOf(all), DIGITS, RoundingMode.HALF_UP));
    }
}
