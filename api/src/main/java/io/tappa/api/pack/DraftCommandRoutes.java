package io.tappa.api.pack;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.store.Draft;
import io.tappa.api.store.Draft.Base;
import io.tappa.api.store.DraftStore;
import io.tappa.api.store.DraftStore.Opened;
import io.tappa.api.store.DraftStore.Outcome;
import io.tappa.api.store.Release.Means;
import io.tappa.api.store.StoreUnavailable;
import java.io.IOException;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code POST /v1/packs/{pack}/drafts/{draft}:check} and {@code :publish}, and {@code GET …/{draft}/diff}. */
@Configuration(proxyBeanMethods = false)
class DraftCommandRoutes {
    private static final String DRAFT = Drafts.DRAFTS + "/{draft:[^:]+}";

    private final Drafts drafts;
    private final DraftStore store;
    private final PackPublisher publisher;

    DraftCommandRoutes(Drafts drafts, DraftStore store, PackPublisher publisher) {
        this.drafts = drafts;
        this.store = store;
        this.publisher = publisher;
    }

    @Bean
    RouterFunction<ServerResponse> draftCommands() {
        return route().POST(DRAFT + ":check", this::check)
                .POST(DRAFT + ":publish", this::publish)
                .GET(Drafts.DRAFT + "/diff", this::differences)
                .build();
    }

    private Mono<ServerResponse> check(ServerRequest request) {
        drafts.who(request);
        return drafts.opened(request).flatMap(drafts::checked).flatMap(Body::answer);
    }

    /** What is different in the draft, seen from the live version unless asked otherwise. */
    private Mono<ServerResponse> differences(ServerRequest request) {
        drafts.who(request);
        var older = drafts.version(request.queryParam("with").orElse(null)).flatMap(drafts::files);
        return drafts.opened(request)
                .map(Opened::files)
                .zipWith(older)
                .publishOn(Schedulers.boundedElastic())
                .map(both ->
                        DifferenceJson.between(VersionNames.meaning(both.getT2()), VersionNames.meaning(both.getT1())))
                .flatMap(Body::answer);
    }

    /**
     * How a draft is to be published.
     *
     * @param message what is new, or empty for what the draft is for
     * @param keep whether to go on with it
     */
    private record PublishDraftForm(String message, boolean keep) {
        static PublishDraftForm of(ObjectNode body) {
            Field.only(body, "", List.of("message", "keep"));
            var keep = body.path("keep");
            if (!keep.isMissingNode() && !keep.isBoolean()) {
                throw Field.wrong("/keep", "\"keep\" is neither true nor false.", "Send true to go on with the draft.");
            }
            return new PublishDraftForm(PublishForm.message(body), keep.asBoolean());
        }
    }

    private Mono<ServerResponse> publish(ServerRequest request) {
        var by = drafts.who(request);
        return DraftForm.body(request)
                .map(PublishDraftForm::of)
                .flatMap(form -> drafts.opened(request).flatMap(opened -> {
                    Drafts.mustMatch(request, opened.draft());
                    return publish(opened, form, by);
                }));
    }

    private Mono<ServerResponse> publish(Opened opened, PublishDraftForm form, String by) {
        var draft = opened.draft();
        var message = form.message().isEmpty() ? draft.message() : form.message();
        var wish = new Wish(Means.PUBLISHED, by, message, draft.base().hash());
        return PackCommandRoutes.blocking(() -> published(opened, wish)).flatMap(done -> {
            var view = PackCommandRoutes.view(done);
            return settled(opened, done, form.keep())
                    .flatMap(deleted -> Body.answer(view.put("draft", deleted ? "deleted" : "kept")));
        });
    }

    private Published published(Opened opened, Wish wish) throws IOException {
        try {
            return publisher.publish(opened.files(), wish);
        } catch (AnotherIsLive moved) {
            throw DraftRefusals.anotherIsLive(opened.draft());
        }
    }

    /** Deletes what is live now, and answers whether it did; what is to be kept, or was changed meanwhile, stands on it from now on. */
    private Mono<Boolean> settled(Opened opened, Published done, boolean keep) {
        var removed = keep
                ? Mono.just(Outcome.STALE)
                : store.remove(opened.draft().name(), opened.draft().revision());
        return removed.flatMap(outcome ->
                        outcome == Outcome.STALE ? rebased(opened, done).thenReturn(false) : Mono.just(true))
                // It is live all the same; whoever publishes the draft once more changes nothing.
                .onErrorReturn(StoreUnavailable.class, false);
    }

    private Mono<Outcome> rebased(Opened opened, Published done) {
        var release = done.release();
        var files = opened.files();
        return store.rebase(
                opened.draft(),
                new Base(release == null ? null : release.number(), files.hash()),
                Draft.etags(files.contents()));
    }
}
