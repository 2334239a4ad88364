package io.tappa.api.archive;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.archive.Sweeper.Swept;
import io.tappa.api.body.Body;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.Keys;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code POST /v1/archive:sweep} strikes those who were forgotten at once, not within a day. */
@Configuration(proxyBeanMethods = false)
class ArchiveRoutes {
    private final ArchiveService service;
    private final Keys keys;

    ArchiveRoutes(ArchiveService service, Keys keys) {
        this.service = service;
        this.keys = keys;
    }

    @Bean
    RouterFunction<ServerResponse> archiveSweep() {
        return route().POST("/v1/archive:sweep", this::sweep).build();
    }

    private Mono<ServerResponse> sweep(ServerRequest request) {
        keys.secret(request);
        return service.sweep()
                .onErrorMap(Ownership.Elsewhere.class, ArchiveRoutes::elsewhere)
                .flatMap(swept -> Body.answer(view(swept)));
    }

    private static HttpProblem elsewhere(Ownership.Elsewhere elsewhere) {
        return new HttpProblem(
                ProblemCode.ARCHIVE_ELSEWHERE,
                "",
                "The archive of this pack is not in the folder of this node.",
                "Let tappa.archive.folder name the same folder for all nodes, or ask the node that has it.");
    }

    private static ObjectNode view(Swept swept) {
        var body = Body.create();
        body.put("places", swept.places());
        body.put("files", swept.files());
        body.put("rewritten", swept.rewritten());
        body.put("lines", swept.lines());
        body.put("unreadable", swept.unreadable());
        body.put("busy", swept.busy());
        return body.put("complete", swept.isWhole());
    }
}
