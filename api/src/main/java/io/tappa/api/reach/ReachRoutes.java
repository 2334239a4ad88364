package io.tappa.api.reach;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.pack.PackPaths;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.products.LiveProducts;
import io.tappa.api.reach.Reach.Asked;
import io.tappa.api.security.Keys;
import io.tappa.api.store.VisitorWalk;
import io.tappa.engine.condition.Box;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.ConditionReader;
import io.tappa.engine.rule.file.YamlFile;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code POST /v1/packs/{pack}:reach}: how many people a condition fits. */
@Configuration(proxyBeanMethods = false)
class ReachRoutes {
    private final Reach reach;
    private final LivePack live;
    private final LiveProducts products;
    private final Keys keys;
    private final ServiceClock clock;

    ReachRoutes(VisitorWalk walk, LivePack live, Keys keys, ServiceClock clock, LiveProducts products) {
        this.reach = new Reach(walk);
        this.products = products;
        this.live = live;
        this.keys = keys;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> reachOfConditions() {
        return route().POST("/v1/packs/{pack:[^:]+}:reach", this::count).build();
    }

    private Mono<ServerResponse> count(ServerRequest request) {
        keys.secret(request);
        var pack = live.now();
        PackPaths.mustName(request.pathVariable("pack"), pack, request);
        return Body.object(request).flatMap(body -> {
            var alternatives = condition(pack, body);
            boolean exact = body.path("exact").asBoolean(false);
            var asked = new Asked(pack, alternatives, clock.millis(), products.now());
            return reach.count(asked, exact).flatMap(found -> Body.answer(view(found)));
        });
    }

    /** The condition is written as in a rule; JSON is YAML, too. */
    private static List<Box> condition(PackSnapshot pack, ObjectNode body) {
        Field.only(body, "", List.of("if", "exact"));
        var condition = Field.object(body, "if", "");
        if (condition == null) {
            throw Field.wrong(
                    "/if", "The body has no condition.", "Send for example {\"if\":{\"orders ever\":\"at least 1\"}}.");
        }
        var problems = new Problems();
        var root = YamlFile.read("if", Body.text(condition), problems);
        var alternatives = new ConditionReader(pack.facts(), problems).read(root);
        if (problems.hasErrors()) {
            throw new HttpProblem(ProblemCode.INVALID_FIELD, problems.all());
        }
        return alternatives;
    }

    private static ObjectNode view(Reach.Found found) {
        var body = Body.create();
        body.put("people", found.people());
        body.put("of", found.of());
        body.put("looked", found.looked());
        body.put("estimated", found.looked() < found.of());
        body.put("margin", found.margin());
        return body;
    }
}
