package io.tappa.api.event;

import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.Keys;
import java.util.Set;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Notes requests with events that were refused as a whole, before any event of theirs was looked at. */
public final class RefusedBodies implements HandlerFilterFunction<ServerResponse, ServerResponse> {
    private static final Set<ProblemCode> WHOLE =
            Set.of(ProblemCode.BAD_JSON, ProblemCode.TOO_LARGE, ProblemCode.UNSUPPORTED_MEDIA, ProblemCode.UNKNOWN_KEY);

    private final EventNotes notes;
    private final Keys keys;

    RefusedBodies(EventNotes notes, Keys keys) {
        this.notes = notes;
        this.keys = keys;
    }

    @Override
    public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.defer(() -> next.handle(request)).doOnError(HttpProblem.class, refused -> note(request, refused));
    }

    private void note(ServerRequest request, HttpProblem refused) {
        if (WHOLE.contains(refused.code())) {
            notes.note(keys.find(request), refused.problems());
        }
    }
}
