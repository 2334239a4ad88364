package io.tappa.api.visitor;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.event.VisitorMerges;
import io.tappa.api.pack.LivePack;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.Keys;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.Merge;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The ledger of a visitor's merges, and taking one back. */
@Configuration(proxyBeanMethods = false)
class MergeRoutes {
    private final VisitorMerges merges;
    private final LivePack live;
    private final Keys keys;
    private final ServiceClock clock;

    MergeRoutes(VisitorMerges merges, LivePack live, Keys keys, ServiceClock clock) {
        this.merges = merges;
        this.live = live;
        this.keys = keys;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> visitorMergesRoutes() {
        return route().GET(VisitorPaths.VISITOR + "/merges", this::list)
                .POST(VisitorPaths.VISITOR + ":unmerge", this::undo)
                .build();
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        keys.secret(request);
        return VisitorPaths.visitor(request, live.now(), merges).flatMap(home -> {
            var body = Body.create();
            body.put("id", home.key().text());
            var list = body.putArray("merges");
            home.state().merges().forEach(merge -> list.add(view(merge)));
            return Body.answer(body);
        });
    }

    private static ObjectNode view(Merge merge) {
        var line = Body.create();
        line.put("merge", merge.id());
        line.put("other", merge.other().text());
        line.put("at", Instant.ofEpochMilli(merge.atMillis()).toString());
        line.put("because", merge.because());
        var ids = line.putArray("ids");
        merge.ids().forEach(id -> ids.addObject().put(id.kind().key(), id.value()));
        var undone = merge.undoneMillis();
        line.put("undone", undone == null ? null : Instant.ofEpochMilli(undone).toString());
        return line;
    }

    private Mono<ServerResponse> undo(ServerRequest request) {
        keys.secret(request);
        var key = new VisitorKey(request.pathVariable("id"));
        return Body.object(request).flatMap(body -> {
            Field.only(body, "", List.of("merge"));
            var id = Field.text(body, "merge", "");
            if (id == null) {
                throw Field.wrong(
                        "/merge", "The body names no merge.", "Send {\"merge\":\"…\"} with an id from …/merges.");
            }
            return merges.undo(live.now(), key, id, clock.millis())
                    .switchIfEmpty(Mono.error(() -> unknown(id)))
                    .flatMap(merge -> {
                        var answer = Body.create();
                        answer.put("stays", key.text());
                        answer.put("parted", merge.other().text());
                        return Body.answer(answer);
                    });
        });
    }

    private static HttpProblem unknown(String id) {
        return new HttpProblem(
                ProblemCode.UNKNOWN_MERGE,
                "/merge",
                "This visitor has no merge \"%s\" that still holds.".formatted(id),
                "Ask GET /v1/visitors/{id}/merges for those there are.");
    }
}
