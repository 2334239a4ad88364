package io.tappa.api.pack;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.problem.ProblemJson;
import io.tappa.api.store.Draft;
import io.tappa.api.store.Draft.Base;
import io.tappa.api.store.DraftStore;
import io.tappa.api.store.DraftStore.Change;
import io.tappa.api.store.DraftStore.Opened;
import io.tappa.api.store.DraftStore.Outcome;
import io.tappa.engine.merge.Conflict;
import io.tappa.engine.merge.PackMerge;
import io.tappa.engine.pack.PackFiles;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code POST /v1/packs/{pack}/drafts/{draft}:merge}: what went live meanwhile comes into the draft, or what stands against it. */
@Configuration(proxyBeanMethods = false)
class DraftMergeRoutes {
    private final Drafts drafts;
    private final DraftStore store;
    private final InstantSource clock;

    DraftMergeRoutes(Drafts drafts, DraftStore store, InstantSource clock) {
        this.drafts = drafts;
        this.store = store;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> mergeOfDrafts() {
        return route().POST(Drafts.DRAFTS + "/{draft:[^:]+}:merge", this::merge).build();
    }

    /**
     * What is to be brought together.
     *
     * @param opened the draft
     * @param live the version that is live
     * @param theirs its files
     * @param form what was decided before
     * @param by id of the key of whoever asks
     */
    private record Both(Opened opened, Base live, PackFiles theirs, MergeForm form, String by) {
        Draft draft() {
            return opened.draft();
        }
    }

    private Mono<ServerResponse> merge(ServerRequest request) {
        var by = drafts.who(request);
        return DraftForm.body(request)
                .map(MergeForm::of)
                .flatMap(form -> drafts.opened(request)
                        .flatMap(opened -> {
                            Drafts.mustMatch(request, opened.draft());
                            return both(opened, form, by);
                        })
                        .flatMap(this::merge));
    }

    private Mono<Both> both(Opened opened, MergeForm form, String by) {
        return drafts.version(null)
                .flatMap(live -> seen(form, live))
                .flatMap(live -> drafts.files(live).map(theirs -> new Both(opened, live, theirs, form, by)));
    }

    /** What was decided about another version decides nothing about this one. */
    private Mono<Base> seen(MergeForm form, Base live) {
        return form.with() == null
                ? Mono.just(live)
                : drafts.version(form.with()).map(seen -> {
                    if (!seen.hash().equals(live.hash())) {
                        throw DraftRefusals.notThatOne();
                    }
                    return live;
                });
    }

    private Mono<ServerResponse> merge(Both both) {
        if (both.live().hash().equals(both.draft().base().hash())) {
            return merged(both.opened());
        }
        return drafts.files(both.draft().base())
                .publishOn(Schedulers.boundedElastic())
                .map(base -> PackMerge.of(
                        base, both.opened().files(), both.theirs(), both.form().take()))
                .flatMap(merged -> merged.conflicts().isEmpty()
                        ? replaced(both, merged.files())
                        : conflict(both, merged.conflicts()));
    }

    private Mono<ServerResponse> replaced(Both both, PackFiles files) {
        var change = new Change(files, both.by(), clock.millis());
        return store.replace(
                        both.opened(), both.live(), Draft.etags(both.theirs().contents()), change)
                .flatMap(outcome -> drafts.opened(both.draft().name()).flatMap(now -> {
                    if (outcome != Outcome.DONE) {
                        throw DraftRefusals.changed(now.draft());
                    }
                    return merged(now);
                }));
    }

    private Mono<ServerResponse> merged(Opened opened) {
        return drafts.checked(opened)
                .flatMap(
                        checked -> Body.answer(Body.create().put("merged", true).setAll(checked)));
    }

    private static Mono<ServerResponse> conflict(Both both, List<Conflict> conflicts) {
        var more = Body.create().put("with", both.live().hash());
        var list = more.putArray("conflicts");
        conflicts.forEach(conflict -> list.add(view(conflict)));
        int count = conflicts.size();
        return ProblemJson.answer(
                new HttpProblem(
                        ProblemCode.CONFLICT,
                        conflicts.get(0).key(),
                        "The draft and the live version changed %s in different ways; nothing is merged."
                                .formatted(count == 1 ? "the same entry" : count + " entries"),
                        "Send {\"take\": {\"%s\": \"ours\" or \"theirs\", …}} with a decision for each; \"ours\" is the draft."
                                .formatted(conflicts.get(0).key())),
                more);
    }

    private static ObjectNode view(Conflict conflict) {
        return Body.create()
                .put("key", conflict.key())
                .put("file", conflict.file())
                .put("entry", conflict.entry())
                .put("base", conflict.base())
                .put("ours", conflict.ours())
                .put("theirs", conflict.theirs());
    }
}
