package io.tappa.api.answers;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.security.Keys;
import io.tappa.api.store.AnswerTotals;
import io.tappa.engine.fact.AnswerAccumulator.Survey;
import io.tappa.engine.transition.AnswerCounts;
import java.time.LocalDate;
import java.util.TreeMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/answers}: what people answered to surveys, by survey and touchpoint. */
@Configuration(proxyBeanMethods = false)
class AnswerRoutes {
    private final AnswerTotals totals;
    private final LivePack live;
    private final Keys keys;
    private final ServiceClock clock;

    AnswerRoutes(AnswerTotals totals, LivePack live, Keys keys, ServiceClock clock) {
        this.totals = totals;
        this.live = live;
        this.keys = keys;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> answersToSurveys() {
        return route().GET("/v1/answers", this::answers).build();
    }

    private Mono<ServerResponse> answers(ServerRequest request) {
        keys.secret(request);
        var pack = live.now();
        var today = LocalDate.ofInstant(clock.now(), pack.settings().zone());
        var query = AnswerQuery.of(request, pack, today);
        return totals.between(query.from(), query.to()).flatMap(counts -> Body.answer(body(query, counts)));
    }

    private static ObjectNode body(AnswerQuery query, AnswerCounts counts) {
        var body = Body.create();
        body.put("from", query.from().toString());
        body.put("to", query.to().toString());
        var answers = body.putArray("answers");
        query.surveys().forEach(survey -> answers.add(survey(survey, query, counts)));
        return body;
    }

    private static ObjectNode survey(Survey survey, AnswerQuery query, AnswerCounts counts) {
        var all = new AnswerFigures(survey);
        var byTouchpoint = new TreeMap<String, AnswerFigures>();
        counts.counts().forEach((answered, count) -> {
            if (answered.survey() == survey && query.asksFor(answered)) {
                all.add(answered.score(), count);
                byTouchpoint
                        .computeIfAbsent(answered.touchpoint(), touchpoint -> new AnswerFigures(survey))
                        .add(answered.score(), count);
            }
        });
        var json = Body.create().put("kind", survey.key());
        all.put(json);
        var touchpoints = json.putArray("touchpoints");
        byTouchpoint.forEach(
                (touchpoint, figures) -> figures.put(touchpoints.addObject().put("touchpoint", touchpoint)));
        return json;
    }
}
