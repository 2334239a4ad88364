package io.tappa.api.pack;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.problem.ProblemJson;
import io.tappa.api.store.Draft;
import io.tappa.api.store.DraftStore;
import io.tappa.api.store.DraftStore.Edit;
import io.tappa.api.store.DraftStore.Edited;
import io.tappa.api.store.DraftStore.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code /v1/packs/{pack}/drafts/{draft}/files/…}: the text of one file, writing it and deleting it. */
@Configuration(proxyBeanMethods = false)
class DraftFileRoutes {
    private static final String FILE = Drafts.DRAFT + "/files/{*path}";
    private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

    private final Drafts drafts;
    private final DraftStore store;
    private final InstantSource clock;

    DraftFileRoutes(Drafts drafts, DraftStore store, InstantSource clock) {
        this.drafts = drafts;
        this.store = store;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> filesOfDrafts() {
        return route().GET(FILE, this::get)
                .PUT(FILE, this::put)
                .DELETE(FILE, this::delete)
                .build();
    }

    private Mono<ServerResponse> get(ServerRequest request) {
        drafts.who(request);
        var path = DraftText.path(request);
        return drafts.opened(request).flatMap(opened -> {
            var contents = opened.files().contents();
            var text = contents.get(path);
            if (text == null) {
                throw DraftRefusals.noFile(path, contents.keySet());
            }
            return ServerResponse.ok().contentType(TEXT).eTag(Draft.etag(text)).bodyValue(text);
        });
    }

    private Mono<ServerResponse> put(ServerRequest request) {
        var by = drafts.who(request);
        var path = DraftText.path(request);
        var expected = Preconditions.ofFile(request);
        return DraftText.body(request, path)
                .flatMap(text -> edit(request, new Edit(path, expected, text, by, clock.millis())));
    }

    private Mono<ServerResponse> delete(ServerRequest request) {
        var by = drafts.who(request);
        var path = DraftText.path(request);
        var expected = Preconditions.ofFileToDelete(request);
        return edit(request, new Edit(path, expected, null, by, clock.millis()));
    }

    private Mono<ServerResponse> edit(ServerRequest request, Edit edit) {
        var name = request.pathVariable("draft");
        return store.edit(name, edit)
                .flatMap(edited -> edited.outcome() == Outcome.DONE ? done(name, edit) : refused(name, edit, edited));
    }

    private Mono<ServerResponse> done(String name, Edit edit) {
        return drafts.opened(name).flatMap(drafts::checked).flatMap(checked -> answer(edit, checked));
    }

    /** The etag of what was written, which somebody else may have changed since. */
    private static Mono<ServerResponse> answer(Edit edit, ObjectNode checked) {
        var text = edit.text();
        var body = Body.create();
        if (text != null) {
            body.put("file", Draft.etag(text));
        }
        body.setAll(checked);
        if (text == null) {
            return Body.answer(body);
        }
        return Body.answer(edit.expected().isEmpty() ? HttpStatus.CREATED : HttpStatus.OK, body, Draft.etag(text));
    }

    private Mono<ServerResponse> refused(String name, Edit edit, Edited edited) {
        var present = edited.present();
        return switch (edited.outcome()) {
            case STALE ->
                present == null
                        ? Mono.error(DraftRefusals.changed(edit.path(), null))
                        : ProblemJson.answer(DraftRefusals.changed(edit.path(), present), DraftJson.writer(present));
            case NO_FILE ->
                drafts.opened(name).map(opened -> {
                    throw DraftRefusals.noFile(
                            edit.path(), opened.files().contents().keySet());
                });
            case TOO_MANY_FILES -> Mono.error(DraftRefusals.tooManyFiles(edit.path()));
            case TOO_LARGE -> Mono.error(DraftRefusals.tooLargeDraft());
            default -> drafts.unknown(name);
        };
    }
}
