package io.tappa.api.pack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.Keys;
import io.tappa.api.store.Draft;
import io.tappa.api.store.Draft.Base;
import io.tappa.api.store.DraftStore;
import io.tappa.api.store.DraftStore.Opened;
import io.tappa.api.store.PackStore;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.problem.Suggestion;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What all paths of drafts ask: who it is, which draft is meant, on which version it stands, and what is wrong in it. */
@Component
final class Drafts {
    static final String DRAFTS = "/v1/packs/{pack}/drafts";
    static final String DRAFT = DRAFTS + "/{draft}";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

    private final DraftStore store;
    private final PackStore packs;
    private final VersionNames versions;
    private final PackPublisher publisher;
    private final Keys keys;

    Drafts(DraftStore store, PackStore packs, PackPublisher publisher, Keys keys) {
        this.store = store;
        this.packs = packs;
        this.versions = new VersionNames(packs);
        this.publisher = publisher;
        this.keys = keys;
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The id of the key of whoever asks about the live pack. */
    String who(ServerRequest request) {
        var by = keys.secret(request).id();
        PackPaths.mustName(request.pathVariable("pack"), publisher.live().now(), request);
        return by;
    }

    /** The draft that the path names, or a refusal. */
    Mono<Opened> opened(ServerRequest request) {
        return opened(request.pathVariable("draft"));
    }

    /** The draft of this name, or a refusal. */
    Mono<Opened> opened(String name) {
        return store.find(name).switchIfEmpty(Mono.defer(() -> unknown(name)));
    }

    /** Says that there is no such draft. */
    <T> Mono<T> unknown(String name) {
        return store.names().map(names -> {
            throw new HttpProblem(
                    ProblemCode.UNKNOWN_DRAFT,
                    "draft",
                    "There is no draft \"%s\".".formatted(name),
                    names.isEmpty()
                            ? "There are no drafts; it may have been published, or deleted."
                            : Suggestion.cure(name, "drafts", names));
        });
    }

    /** The version that is called {@code name}, which is the live one for {@code live} and for nothing. */
    Mono<Base> version(@Nullable String name) {
        if (name == null || name.equals(VersionNames.LIVE)) {
            return packs.releases(1)
                    .filter(releases -> !releases.isEmpty())
                    .map(releases ->
                            new Base(releases.get(0).number(), releases.get(0).hash()))
                    .switchIfEmpty(Mono.fromSupplier(
                            () -> new Base(null, publisher.live().now().hash())));
        }
        return versions.base(name);
    }

    /** The files of a version. */
    Mono<PackFiles> files(Base version) {
        return packs.files(version.hash())
                .switchIfEmpty(Mono.error(() -> new HttpProblem(
                        ProblemCode.UNKNOWN_VERSION,
                        "from",
                        "There is no version %s of this pack.".formatted(version.hash()),
                        "GET /v1/packs/…/versions lists those that were live.")));
    }

    /** What the draft is now called, and what is wrong in it. */
    Mono<ObjectNode> checked(Opened opened) {
        return Mono.fromCallable(() -> DraftJson.checked(opened.draft(), publisher.read(opened.files())))
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Refuses where the draft is not what whoever asks thinks it is. */
    static void mustMatch(ServerRequest request, Draft draft) {
        var expected = Preconditions.ifMatch(request);
        if (expected != null && !expected.equals(draft.etag())) {
            throw DraftRefusals.changed(draft);
        }
    }
}
