package io.tappa.api.decision;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.record.AllRecords;
import io.tappa.api.record.DecisionIds;
import io.tappa.api.record.Recorded;
import io.tappa.api.record.Records;
import io.tappa.api.record.Remade;
import io.tappa.api.record.ToldSurroundings;
import io.tappa.api.security.Keys;
import io.tappa.engine.decision.Choice;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.decision.Sentences;
import java.time.Instant;
import java.util.List;
import java.util.Locale.LanguageRange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code GET /v1/decisions}: recorded decisions, as a page for people, or as a stream of lines that can be decided again. */
@Configuration(proxyBeanMethods = false)
class RecordedRoutes {
    private static final int AT_ONCE = 16;

    private final Records records;
    private final AllRecords all;
    private final Keys keys;

    RecordedRoutes(Records records, AllRecords all, Keys keys) {
        this.records = records;
        this.all = all;
        this.keys = keys;
    }

    @Bean
    RouterFunction<ServerResponse> decisionsOnRecord() {
        return route().GET("/v1/decisions", this::list).build();
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        keys.secret(request);
        var question = RecordedQuestion.of(request);
        return records.ids()
                .flatMap(ids -> question.lines()
                        ? lines(question, ids)
                        : page(question, ids, request.headers().acceptLanguage()));
    }

    /** Those of {@code found} that are asked for; whoever asks for an offer has all others decided again. */
    private Flux<Recorded> chosen(RecordedQuestion question, Flux<Recorded> found) {
        var fitting = found.filter(question::fits);
        return question.offer() == null
                ? fitting
                : fitting.publishOn(Schedulers.boundedElastic())
                        .filterWhen(recorded ->
                                records.remake(recorded).map(question::fits).defaultIfEmpty(false));
    }

    private Mono<ServerResponse> lines(RecordedQuestion question, DecisionIds ids) {
        var lines = Flux.defer(() -> {
            var told = new ToldSurroundings<Boolean>();
            return chosen(question, all.of(question.wanted()))
                    .take(question.limit())
                    .concatMap(recorded -> surroundings(recorded, told).concatWith(line(recorded, ids)));
        });
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_NDJSON)
                .body(lines.map(line -> Body.text(line) + "\n"), String.class);
    }

    /** A line of what surrounded the decision, unless one was told before. */
    private Flux<ObjectNode> surroundings(Recorded recorded, ToldSurroundings<Boolean> told) {
        var hash = recorded.around();
        if (hash.isEmpty() || told.find(hash) != null) {
            return Flux.empty();
        }
        return records.surroundings(hash)
                .doOnNext(json -> told.add(hash, true))
                .map(json ->
                        Body.create().put("surroundingsHash", hash).<ObjectNode>set("surroundings", Body.parsed(json)))
                .flux();
    }

    private Mono<ObjectNode> line(Recorded recorded, DecisionIds ids) {
        return records.hash(recorded).defaultIfEmpty(recorded.pack()).map(hash -> {
            var line = Body.create();
            line.put("decisionId", ids.of(recorded.uuid(), recorded.place()));
            line.put("packHash", hash);
            line.put("from", recorded.from().key());
            line.set("record", recorded.line());
            return line;
        });
    }

    private Mono<ServerResponse> page(RecordedQuestion question, DecisionIds ids, List<LanguageRange> languages) {
        return all.newest(question.wanted(), question.limit(), found -> chosen(question, found))
                .flatMapMany(Flux::fromIterable)
                .flatMapSequential(recorded -> view(recorded, languages), AT_ONCE)
                .collectList()
                .flatMap(oldestFirst -> {
                    var body = Body.create();
                    var decisions = body.putArray("decisions");
                    for (int i = oldestFirst.size() - 1; i >= 0; i--) {
                        decisions.add(oldestFirst.get(i).body(ids));
                    }
                    return Body.answer(body);
                });
    }

    /** A decision and what is told of it beside its id. */
    private record View(Recorded recorded, ObjectNode told) {
        ObjectNode body(DecisionIds ids) {
            var body = Body.create();
            body.put("decisionId", ids.of(recorded.uuid(), recorded.place()));
            body.put("at", Instant.ofEpochMilli(recorded.atMillis()).toString());
            body.put("from", recorded.from().key());
            body.setAll(told);
            return body;
        }
    }

    private Mono<View> view(Recorded recorded, List<LanguageRange> languages) {
        return records.remake(recorded)
                .map(remade -> told(remade, languages))
                .switchIfEmpty(Mono.defer(() -> untold(recorded)))
                .map(told -> new View(recorded, told));
    }

    private static ObjectNode told(Remade remade, List<LanguageRange> languages) {
        var told = Body.create();
        told.put("pack", remade.pack().version());
        told.put("touchpoint", remade.recorded().touchpoint());
        var sentences = Sentences.of(remade.pack().settings(), languages);
        var placements = told.putArray("placements");
        for (var decided : remade.decision().placements()) {
            var why = sentences.because(decided.why(), remade.inputs().facts());
            placements.add(placement(decided).put("why", why));
        }
        return told;
    }

    private static ObjectNode placement(PlacementDecision decided) {
        var body = Body.create();
        body.put("placement", decided.placement());
        body.put("offer", decided.offer());
        if (decided.choices().size() > 1) {
            var offers = body.putArray("offers");
            decided.choices().stream().map(Choice::offer).forEach(offers::add);
        }
        body.put("rule", decided.rule());
        body.put("fallback", decided.fallback());
        return body;
    }

    /** What is left to say where the version that decided, or what surrounded the decision, is not known here. */
    private Mono<ObjectNode> untold(Recorded recorded) {
        return records.hash(recorded).hasElement().map(known -> {
            var told = Body.create();
            told.put("pack", recorded.pack());
            told.put(known ? "unknownSurroundings" : "unknownPack", true);
            told.put("touchpoint", recorded.touchpoint());
            var placements = told.putArray("placements");
            recorded.placements().forEach(name -> placements.addObject().put("placement", name));
            return told;
        });
    }
}
