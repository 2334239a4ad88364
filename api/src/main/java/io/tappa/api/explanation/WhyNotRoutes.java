package io.tappa.api.explanation;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.event.VisitorMerges;
import io.tappa.api.pack.LivePack;
import io.tappa.api.record.Recorded;
import io.tappa.api.record.Records;
import io.tappa.api.security.Keys;
import io.tappa.api.store.Home;
import io.tappa.api.visitor.VisitorPaths;
import io.tappa.engine.decision.Blocker;
import io.tappa.engine.decision.Fate;
import io.tappa.engine.decision.Paragraph;
import io.tappa.engine.decision.WhyNot;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code GET /v1/visitors/{id}/why-not}: why a visitor did not see an offer in a period. */
@Configuration(proxyBeanMethods = false)
class WhyNotRoutes {
    private static final int AT_ONCE = 16;

    private final Records records;
    private final VisitorMerges merges;
    private final LivePack live;
    private final Keys keys;
    private final ServiceClock clock;

    WhyNotRoutes(Records records, VisitorMerges merges, LivePack live, Keys keys, ServiceClock clock) {
        this.records = records;
        this.merges = merges;
        this.live = live;
        this.keys = keys;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> whyNotShown() {
        return route().GET(VisitorPaths.VISITOR + "/why-not", this::whyNot).build();
    }

    private Mono<ServerResponse> whyNot(ServerRequest request) {
        keys.secret(request);
        var pack = live.now();
        var offer = Parameters.offer(request, pack);
        var period = Period.of(request, clock.now());
        var asked = new WhyNot.Asked(
                offer, period.from().toEpochMilli(), period.to().toEpochMilli(), Fate.placements(pack, offer));
        var paragraph = new Paragraph(pack.settings(), request.headers().acceptLanguage());
        return VisitorPaths.visitor(request, pack, merges)
                .flatMap(home -> found(home, asked))
                .flatMap(whyNot -> Body.answer(view(whyNot, paragraph)));
    }

    private Mono<WhyNot> found(Home home, WhyNot.Asked asked) {
        return records.of(home, asked.fromMillis(), asked.toMillis() + 1)
                .publishOn(Schedulers.parallel())
                .flatMap(this::folded, AT_ONCE)
                .reduce(WhyNot.nothing(asked), (whyNot, fold) -> fold.apply(whyNot));
    }

    private Mono<UnaryOperator<WhyNot>> folded(Recorded recorded) {
        return records.remake(recorded)
                .<UnaryOperator<WhyNot>>map(
                        remade -> whyNot -> whyNot.plus(remade.pack(), remade.inputs(), remade.decision()))
                .defaultIfEmpty(WhyNot::plusUnjudged);
    }

    private static ObjectNode view(WhyNot whyNot, Paragraph paragraph) {
        var body = Body.create();
        body.put("offer", whyNot.asked().offer());
        body.put("from", moment(whyNot.asked().fromMillis()));
        body.put("to", moment(whyNot.asked().toMillis()));
        body.put("decisions", whyNot.decisions());
        body.put("shown", whyNot.shown());
        body.put("paragraph", paragraph.of(whyNot));
        var blockers = body.putArray("blockers");
        whyNot.blockers().forEach(blocker -> write(blockers.addObject(), blocker, paragraph));
        body.put("notJudged", whyNot.notJudged());
        return body;
    }

    private static void write(ObjectNode line, Blocker blocker, Paragraph paragraph) {
        line.put("filter", blocker.filter());
        line.put("decisions", blocker.decisions());
        line.put("last", moment(blocker.lastMillis()));
        if (blocker.winner() != null) {
            line.put("winner", blocker.winner());
        }
        line.put("at", moment(blocker.told().atMillis()));
        line.put("because", paragraph.because(blocker));
    }

    private static String moment(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
