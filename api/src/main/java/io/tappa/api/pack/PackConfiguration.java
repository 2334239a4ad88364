package io.tappa.api.pack;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.tappa.api.body.Body;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.problem.ProblemJson;
import io.tappa.api.security.Keys;
import io.tappa.api.store.CodeStore;
import io.tappa.api.store.PackStore;
import io.tappa.api.store.RetentionSettings;
import io.tappa.api.store.TappaSettings;
import io.tappa.engine.pack.PackResult;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The live pack, and {@code POST /v1/packs/{pack}:reload}. */
@Configuration(proxyBeanMethods = false)
class PackConfiguration {
    private static final String RELOAD = ":reload";

    @Bean
    PackPublisher packPublisher(
            TappaSettings settings,
            RetentionSettings retention,
            PackStore store,
            CodeStore codes,
            Keys keys,
            InstantSource clock) {
        return new PackPublisher(settings, store, codes, retention.visitors(), keys.local(), clock);
    }

    @Bean
    LivePack livePack(PackPublisher publisher) {
        return publisher.live();
    }

    @Bean
    RouterFunction<ServerResponse> packRoutes(PackPublisher publisher, Keys keys) {
        return route().POST("/v1/packs/{command:(?!.*:reach$).*}", request -> reload(request, publisher, keys))
                .build();
    }

    private static Mono<ServerResponse> reload(ServerRequest request, PackPublisher publisher, Keys keys) {
        keys.secret(request);
        var command = request.pathVariable("command");
        var live = publisher.live().now();
        if (!command.endsWith(RELOAD)) {
            throw new HttpProblem(
                    ProblemCode.NOT_FOUND,
                    request.path(),
                    "There is no command \"%s\" for a pack.".formatted(command),
                    "The one there is ends with :reload.");
        }
        var name = command.substring(0, command.length() - RELOAD.length());
        PackPaths.mustName(name, live, request);
        return Mono.fromCallable(publisher::reload)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(PackConfiguration::answer);
    }

    private static Mono<ServerResponse> answer(PackResult result) {
        var snapshot = result.snapshot();
        if (snapshot == null) {
            throw new HttpProblem(ProblemCode.PACK_HAS_ERRORS, result.problems());
        }
        var body = Body.create();
        body.put("pack", snapshot.version());
        body.put("hash", snapshot.hash());
        var warnings = body.putArray("warnings");
        result.problems().forEach(problem -> warnings.add(ProblemJson.reason(problem)));
        return Body.answer(body);
    }
}
