package io.tappa.api.pack;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.tappa.api.body.Body;
import io.tappa.api.store.Draft.Base;
import io.tappa.api.store.Draft.Note;
import io.tappa.api.store.DraftStore;
import io.tappa.api.store.DraftStore.Outcome;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code /v1/packs/{pack}/drafts}: which drafts there are, making one, all that is in it, and deleting it. */
@Configuration(proxyBeanMethods = false)
class DraftRoutes {
    private final Drafts drafts;
    private final DraftStore store;
    private final InstantSource clock;

    DraftRoutes(Drafts drafts, DraftStore store, InstantSource clock) {
        this.drafts = drafts;
        this.store = store;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> draftsOfPack() {
        return route().GET(Drafts.DRAFTS, this::list)
                .PUT(Drafts.DRAFT, this::make)
                .GET(Drafts.DRAFT, this::get)
                .DELETE(Drafts.DRAFT, this::delete)
                .build();
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        drafts.who(request);
        return store.all().flatMap(all -> {
            var body = Body.create();
            var list = body.putArray("drafts");
            all.forEach(draft -> list.add(DraftJson.view(draft)));
            return Body.answer(body);
        });
    }

    private Mono<ServerResponse> make(ServerRequest request) {
        var by = drafts.who(request);
        var name = request.pathVariable("draft");
        if (!Drafts.isName(name)) {
            throw DraftRefusals.noName(name);
        }
        return DraftForm.body(request)
                .map(DraftForm::of)
                .flatMap(form -> drafts.version(form.from()).flatMap(base -> make(name, base, form.message(), by)))
                .flatMap(outcome -> made(name, outcome));
    }

    private Mono<Outcome> make(String name, Base base, String message, String by) {
        return drafts.files(base)
                .flatMap(files -> store.make(name, base, new Note("", by, clock.millis()), message, files));
    }

    private Mono<ServerResponse> made(String name, Outcome outcome) {
        if (outcome == Outcome.TOO_MANY_DRAFTS) {
            throw DraftRefusals.tooManyDrafts();
        }
        return drafts.opened(name).flatMap(opened -> {
            var draft = opened.draft();
            if (outcome == Outcome.TAKEN) {
                throw DraftRefusals.taken(draft);
            }
            return Body.answer(HttpStatus.CREATED, DraftJson.view(draft), draft.etag());
        });
    }

    private Mono<ServerResponse> get(ServerRequest request) {
        drafts.who(request);
        return drafts.opened(request)
                .flatMap(opened -> Body.answer(
                        HttpStatus.OK, DraftJson.view(opened), opened.draft().etag()));
    }

    private Mono<ServerResponse> delete(ServerRequest request) {
        drafts.who(request);
        return drafts.opened(request).flatMap(opened -> {
            var draft = opened.draft();
            Drafts.mustMatch(request, draft);
            @Nullable Long revision = Preconditions.ifMatch(request) == null ? null : draft.revision();
            return store.remove(draft.name(), revision).flatMap(outcome -> deleted(draft.name(), outcome));
        });
    }

    private Mono<ServerResponse> deleted(String name, Outcome outcome) {
        if (outcome == Outcome.STALE) {
            return drafts.opened(name).map(opened -> {
                throw DraftRefusals.changed(opened.draft());
            });
        }
        return ServerResponse.noContent().build();
    }
}
