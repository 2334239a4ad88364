package io.tappa.api.pack;

import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Suggestion;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Reads what paths name of the live pack. */
public final class PackPaths {
    private PackPaths() {}

    /** Refuses a path that names another pack than the live one. */
    public static void mustName(String name, PackSnapshot live, ServerRequest request) {
        if (!name.equals(live.settings().name())) {
            throw new HttpProblem(
                    ProblemCode.UNKNOWN_PACK,
                    request.path(),
                    "There is no pack \"%s\".".formatted(name),
                    "This service serves the pack \"%s\"."
                            .formatted(live.settings().name()));
        }
    }

    /** The journey of the path, or a refusal. */
    public static Journey journey(ServerRequest request, PackSnapshot live) {
        var name = request.pathVariable("journey");
        var journey = live.journey(name);
        if (journey == null) {
            throw new HttpProblem(
                    ProblemCode.UNKNOWN_JOURNEY,
                    "journey",
                    "There is no journey \"%s\".".formatted(name),
                    Suggestion.cure(
                            name,
                            "journeys",
                            live.journeys().stream().map(Journey::key).toList()));
        }
        return journey;
    }
}
