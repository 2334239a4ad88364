package io.tappa.api.visitor;

import io.tappa.api.event.VisitorMerges;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.store.Home;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackSnapshot;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Reads what the paths below {@code /v1/visitors/{id}} name. */
public final class VisitorPaths {
    /** The id of a visitor in a path. */
    public static final String VISITOR = "/v1/visitors/{id:[a-z2-7]{26}}";

    private VisitorPaths() {}

    /** The visitor of the path, or a refusal. */
    public static Mono<Home> visitor(ServerRequest request, PackSnapshot pack, VisitorMerges merges) {
        return merges.settled(pack, new VisitorKey(request.pathVariable("id")))
                .switchIfEmpty(Mono.error(() -> new HttpProblem(
                        ProblemCode.NO_SUCH_VISITOR,
                        "id",
                        "There is no such visitor.",
                        "Look the visitor up by one of their ids: GET /v1/visitors?userId=….")));
    }
}
