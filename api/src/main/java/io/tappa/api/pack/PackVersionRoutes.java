package io.tappa.api.pack;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.Keys;
import io.tappa.api.store.PackStore;
import io.tappa.engine.pack.PackFiles;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/packs/{pack}/versions/{hash}}: the files of a version that is or was live. */
@Configuration(proxyBeanMethods = false)
class PackVersionRoutes {
    private static final String LIVE = "live";
    private static final int OF_NAME = 16;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{" + OF_NAME + ",64}");

    private final PackStore packs;
    private final LivePack live;
    private final Keys keys;

    PackVersionRoutes(PackStore packs, LivePack live, Keys keys) {
        this.packs = packs;
        this.live = live;
        this.keys = keys;
    }

    @Bean
    RouterFunction<ServerResponse> packVersions() {
        return route().GET("/v1/packs/{pack}/versions/{hash}", this::files).build();
    }

    private Mono<ServerResponse> files(ServerRequest request) {
        keys.secret(request);
        var now = live.now();
        PackPaths.mustName(request.pathVariable("pack"), now, request);
        var asked = request.pathVariable("hash");
        return hash(asked.equals(LIVE) ? now.hash() : asked)
                .flatMap(hash -> packs.files(hash).flatMap(files -> answer(hash, files)))
                .switchIfEmpty(Mono.error(() -> new HttpProblem(
                        ProblemCode.UNKNOWN_PACK,
                        "hash",
                        "There is no version %s of this pack.".formatted(asked),
                        "Only versions that were live are kept; ask for \"live\" to get the present one.")));
    }

    private Mono<String> hash(String asked) {
        if (!HASH.matcher(asked).matches()) {
            throw Field.wrong(
                    "hash",
                    "\"%s\" is no hash of a version.".formatted(asked),
                    "Send %d to 64 hexadecimal digits in lower case, or \"live\".".formatted(OF_NAME));
        }
        return packs.version(asked.substring(0, OF_NAME)).filter(hash -> hash.startsWith(asked));
    }

    private static Mono<ServerResponse> answer(String hash, PackFiles files) {
        var body = Body.create();
        body.put("hash", hash);
        var contents = body.putObject("files");
        files.contents().forEach(contents::put);
        return Body.answer(body);
    }
}
