package io.tappa.api.survey;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tappa.api.body.Body;
import io.tappa.api.event.BatchJson;
import io.tappa.api.event.EventIntake;
import io.tappa.api.event.EventParser;
import io.tappa.api.event.EventParser.Parsed;
import io.tappa.api.event.Refusal;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.ApiKey;
import io.tappa.api.security.Keys;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code POST /v1/surveys/{survey}}: takes the webhooks of survey tools. */
@Configuration(proxyBeanMethods = false)
class SurveyRoutes {
    private final EventIntake intake;
    private final Keys keys;
    private final ServiceClock clock;
    private final LivePack live;

    SurveyRoutes(EventIntake intake, Keys keys, ServiceClock clock, LivePack live) {
        this.intake = intake;
        this.keys = keys;
        this.clock = clock;
        this.live = live;
    }

    @Bean
    RouterFunction<ServerResponse> surveyWebhooks() {
        return route().POST("/v1/surveys/{survey}", this::take).build();
    }

    private Mono<ServerResponse> take(ServerRequest request) {
        var key = keys.secret(request);
        var pack = live.now();
        var name = request.pathVariable("survey");
        var form = SurveyForm.of(pack, name, name);
        return Body.json(request)
                .switchIfEmpty(Mono.error(() -> new HttpProblem(
                        ProblemCode.BAD_JSON, "", "The body is empty.", "Send one JSON object, or a list of them.")))
                .flatMap(body -> body instanceof ArrayNode list
                        ? take(key, form, list, new EventParser(clock.received(), null, "", pack))
                        : take(
                                key,
                                form,
                                Body.create().putArray("answers").add(body),
                                new EventParser(clock.received(), null, null, pack)));
    }

    private Mono<ServerResponse> take(ApiKey key, SurveyForm form, JsonNode answers, EventParser parser) {
        var parsed = new ArrayList<Parsed>();
        for (int i = 0; i < answers.size(); i++) {
            parsed.add(parsed(parser, i, form, answers.get(i)));
        }
        boolean alone = parser.isAlone();
        return intake.accept(key, List.copyOf(parsed))
                .map(result -> alone ? BatchJson.alone(result) : result)
                .flatMap(result -> Body.answer(BatchJson.of(result)));
    }

    private static Parsed parsed(EventParser parser, int index, SurveyForm form, JsonNode answer) {
        try {
            return parser.parse(index, form.event(answer), null, null);
        } catch (HttpProblem wrong) {
            var problem = wrong.problems().get(0);
            var place = Place.pointer(parser.pointer(index) + problem.place().source());
            return new Parsed(
                    null, new Refusal(index, "", Problem.error(problem.code(), place, problem.what(), problem.cure())));
        }
    }
}
