package io.tappa.api.pack;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.problem.ProblemJson;
import io.tappa.api.security.Keys;
import io.tappa.api.store.PackStore;
import io.tappa.api.store.Release.Means;
import io.tappa.engine.pack.PackResult;
import io.tappa.engine.pack.PackSnapshot;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code POST /v1/packs/{pack}:reload}, {@code :publish} and {@code :rollback}: what is to be live from now on. */
@Configuration(proxyBeanMethods = false)
class PackCommandRoutes {
    private static final String PACK = "/v1/packs/{pack:[^:]+}";
    /** A pack of 500 files is far smaller. */
    private static final int LARGEST_BODY = 16_000_000;

    private final PackPublisher publisher;
    private final VersionNames names;
    private final Keys keys;

    PackCommandRoutes(PackPublisher publisher, PackStore packs, Keys keys) {
        this.publisher = publisher;
        this.names = new VersionNames(packs);
        this.keys = keys;
    }

    @Bean
    RouterFunction<ServerResponse> packCommands() {
        return route().POST(PACK + ":reload", this::reload)
                .POST(PACK + ":publish", this::publish)
                .POST(PACK + ":rollback", this::rollback)
                .POST("/v1/packs/{command:(?!.*:reach$).*}", PackCommandRoutes::unknown)
                .build();
    }

    private static Mono<ServerResponse> unknown(ServerRequest request) {
        throw new HttpProblem(
                ProblemCode.NOT_FOUND,
                request.path(),
                "There is no command \"%s\" for a pack.".formatted(request.pathVariable("command")),
                "Those there are end with :publish, :rollback, :reload and :reach.");
    }

    private Mono<ServerResponse> reload(ServerRequest request) {
        var by = keys.secret(request).id();
        live(request);
        return blocking(() -> publisher.reload(new Wish(Means.FOLDER, by, "", null)))
                .flatMap(result -> Body.answer(view(result)));
    }

    private Mono<ServerResponse> publish(ServerRequest request) {
        var by = keys.secret(request).id();
        live(request);
        return Body.object(request, LARGEST_BODY)
                .map(PublishForm::new)
                .flatMap(form -> names.hash(form.from())
                        .map(from -> new Wish(Means.PUBLISHED, by, form.message(), from.isEmpty() ? null : from))
                        .flatMap(wish -> blocking(() -> publisher.publish(form.files(), wish)))
                        .flatMap(done -> Body.answer(view(done))));
    }

    private Mono<ServerResponse> rollback(ServerRequest request) {
        var by = keys.secret(request).id();
        var live = live(request);
        return Body.json(request)
                .switchIfEmpty(Mono.fromSupplier(Body::create))
                .map(RollbackForm::of)
                .flatMap(form -> names.earlier(form.to(), live.hash())
                        .flatMap(files -> blocking(() ->
                                publisher.publish(files, new Wish(Means.ROLLED_BACK, by, form.message(), live.hash()))))
                        .flatMap(done -> Body.answer(view(done))));
    }

    private PackSnapshot live(ServerRequest request) {
        var live = publisher.live().now();
        PackPaths.mustName(request.pathVariable("pack"), live, request);
        return live;
    }

    /** Compiling takes a while. */
    static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work)
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(
                        IOException.class,
                        failed -> new HttpProblem(
                                ProblemCode.STORE_UNAVAILABLE,
                                "folder",
                                "The folder of the pack cannot be read or written: %s.".formatted(failed.getMessage()),
                                "See that the disk is not full and the service may write there; nothing was published."))
                .onErrorMap(
                        AnotherIsLive.class,
                        moved -> new HttpProblem(
                                ProblemCode.STALE,
                                "from",
                                "Another version went live meanwhile.",
                                "Look at what it changes (GET /v1/packs/…/versions), and publish again from it."));
    }

    private static ObjectNode view(PackResult result) {
        var snapshot = result.snapshot();
        if (snapshot == null) {
            throw new HttpProblem(ProblemCode.PACK_HAS_ERRORS, result.problems());
        }
        var body = Body.create();
        body.put("pack", snapshot.version());
        body.put("hash", snapshot.hash());
        var warnings = body.putArray("warnings");
        result.problems().forEach(problem -> warnings.add(ProblemJson.reason(problem)));
        return body;
    }

    /** What is live now. */
    static ObjectNode view(Published done) {
        var body = view(done.result());
        var release = done.release();
        if (release != null) {
            body.put("number", release.number());
        }
        var replaced = done.replaced();
        return replaced == null ? body : body.put("replaced", replaced);
    }
}
