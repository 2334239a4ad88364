package io.tappa.api.pack;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.security.Keys;
import io.tappa.api.store.PackStore;
import io.tappa.api.store.Release;
import io.tappa.engine.difference.PackDifferences.Version;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code GET /v1/packs/{pack}/versions}: what was live when, the files of each version, and what is different between two. */
@Configuration(proxyBeanMethods = false)
class PackVersionRoutes {
    private static final String VERSIONS = "/v1/packs/{pack}/versions";
    private static final int USUAL = 50;
    private static final int MOST = 1_000;

    private final PackStore packs;
    private final VersionNames names;
    private final LivePack live;
    private final Keys keys;

    PackVersionRoutes(PackStore packs, LivePack live, Keys keys) {
        this.packs = packs;
        this.names = new VersionNames(packs);
        this.live = live;
        this.keys = keys;
    }

    @Bean
    RouterFunction<ServerResponse> packVersions() {
        return route().GET(VERSIONS, this::releases)
                .GET(VERSIONS + "/{hash}", this::files)
                .GET(VERSIONS + "/{hash}/diff", this::differences)
                .build();
    }

    private PackSnapshot pack(ServerRequest request) {
        keys.secret(request);
        var now = live.now();
        PackPaths.mustName(request.pathVariable("pack"), now, request);
        return now;
    }

    private Mono<ServerResponse> releases(ServerRequest request) {
        var now = pack(request);
        int most = Field.number(request, "limit", USUAL, MOST, "versions", "");
        return packs.releases(most).flatMap(releases -> {
            var body = Body.create().put("pack", now.version());
            var list = body.putArray("versions");
            releases.forEach(release -> list.add(view(release, now)));
            return Body.answer(body);
        });
    }

    private static ObjectNode view(Release release, PackSnapshot now) {
        return Body.create()
                .put("number", release.number())
                .put("version", PackSnapshot.version(now.settings().name(), release.hash()))
                .put("hash", release.hash())
                .put("at", Instant.ofEpochMilli(release.atMillis()).toString())
                .put("means", release.means().key())
                .put("by", release.by())
                .put("message", release.message())
                .put("live", release.hash().equals(now.hash()));
    }

    private Mono<ServerResponse> files(ServerRequest request) {
        var now = pack(request);
        return hash(request.pathVariable("hash"), now)
                .flatMap(found -> packs.files(found).flatMap(files -> answer(found, files)));
    }

    private Mono<String> hash(String asked, PackSnapshot now) {
        return asked.equals(VersionNames.LIVE) ? Mono.just(now.hash()) : names.hash(asked);
    }

    /** What is different in a version, seen from another one, which is the live one unless asked otherwise. */
    private Mono<ServerResponse> differences(ServerRequest request) {
        var now = pack(request);
        var older = version(request.queryParam("with").orElse(VersionNames.LIVE), now);
        var newer = version(request.pathVariable("hash"), now);
        return older.zipWith(newer).flatMap(both -> Body.answer(DifferenceJson.between(both.getT1(), both.getT2())));
    }

    private Mono<Version> version(String asked, PackSnapshot now) {
        return hash(asked, now)
                .flatMap(packs::files)
                .publishOn(Schedulers.boundedElastic())
                .map(VersionNames::meaning);
    }

    private static Mono<ServerResponse> answer(String hash, PackFiles files) {
        var body = Body.create();
        body.put("hash", hash);
        var contents = body.putObject("files");
        files.contents().forEach(contents::put);
        return Body.answer(body);
    }
}
