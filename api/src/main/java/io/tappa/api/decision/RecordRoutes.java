package io.tappa.api.decision;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.lists.FoundProducts;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.record.AllRecords;
import io.tappa.api.record.AllRecords.Wanted;
import io.tappa.api.record.DecisionIds.Named;
import io.tappa.api.record.Recorded;
import io.tappa.api.record.Records;
import io.tappa.api.record.Remade;
import io.tappa.api.security.Keys;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.identity.VisitorKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale.LanguageRange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks back: {@code GET /v1/decisions/{id}} explains a decision, {@code …/verify} makes it again and compares,
 * {@code GET /v1/decisions:verify} does so with the newest ones.
 */
@Configuration(proxyBeanMethods = false)
class RecordRoutes {
    private static final int MOST = 100_000;
    private static final int USUAL = 1_000;
    private static final int MOST_NAMED = 100;
    private static final int AT_ONCE = 16;
    private static final String ERASED = "erased";
    private static final String VERIFIED = "verified";

    private final Records records;
    private final AllRecords all;
    private final Keys keys;

    RecordRoutes(Records records, AllRecords all, Keys keys) {
        this.records = records;
        this.all = all;
        this.keys = keys;
    }

    @Bean
    RouterFunction<ServerResponse> recordedDecisions() {
        return route().GET("/v1/decisions/{id}/verify", request -> one(request, RecordRoutes::verdict))
                .GET("/v1/decisions/{id}", request -> one(request, this::explained))
                .GET("/v1/decisions:verify", this::verify)
                .build();
    }

    /** What to answer about a decision that was made again. */
    @FunctionalInterface
    private interface View {
        ObjectNode of(Remade remade, ServerRequest request);
    }

    private Mono<ServerResponse> one(ServerRequest request, View view) {
        keys.secret(request);
        var id = request.pathVariable("id");
        return records.ids()
                .flatMap(ids -> {
                    var named = ids.read(id);
                    if (named == null) {
                        throw Field.wrong(
                                "id",
                                "\"%s\" is no id of a decision.".formatted(id),
                                "Send the decisionId of an answer, as it is.");
                    }
                    var place = named.place();
                    return place == null ? noSuchDecision() : answer(request, view, named, place);
                })
                .flatMap(body -> Body.answer(body.put("decisionId", id)));
    }

    private Mono<ObjectNode> answer(ServerRequest request, View view, Named named, VisitorKey place) {
        return records.find(named.uuid(), place)
                .flatMap(recorded -> records.remake(recorded)
                        .switchIfEmpty(Mono.error(RecordRoutes::noSuchPack))
                        .map(remade -> view.of(remade, request)))
                .switchIfEmpty(Mono.defer(() -> gone(named, place)));
    }

    private Mono<ObjectNode> gone(Named named, VisitorKey place) {
        return records.erasedMillis(place)
                .filter(erased -> erased >= named.atMillis())
                .map(erased -> Body.create().put(ERASED, true))
                .switchIfEmpty(Mono.defer(RecordRoutes::noSuchDecision));
    }

    private static Mono<ObjectNode> noSuchDecision() {
        return Mono.error(() -> new HttpProblem(
                ProblemCode.NO_SUCH_DECISION,
                "id",
                "There is no record of this decision.",
                "Records are kept for at least 48 hours, in the archive as long as tappa.retention.archive says;"
                        + " degraded answers leave none, nor do people who may not be remembered."));
    }

    private static HttpProblem noSuchPack() {
        return new HttpProblem(
                ProblemCode.UNKNOWN_PACK,
                "id",
                "The version of the pack that made this decision is not known here.",
                "It was published by a service with another store, or before versions were named.");
    }

    private static ObjectNode verdict(Remade remade, ServerRequest request) {
        var body = Body.create();
        body.put(VERIFIED, remade.isSame());
        body.put("recorded", remade.recorded().digest());
        body.put("remade", remade.decision().digest());
        body.put("pack", remade.pack().version());
        body.put("from", remade.recorded().from().key());
        body.put("at", moment(remade.recorded()));
        return body;
    }

    private ObjectNode explained(Remade remade, ServerRequest request) {
        var inputs = remade.inputs();
        var touchpoint = inputs.request().touchpoint();
        var body = verdict(remade, request);
        body.put("touchpoint", touchpoint.key());
        var context = body.putObject("context");
        inputs.request().context().forEach(context::put);
        var facts = body.putObject("facts");
        remade.pack().facts().facts().forEach(fact -> write(facts, fact, inputs.facts()));
        var consents = body.putObject("consents");
        inputs.consents().said().forEach((name, status) -> consents.put(name, status.key()));
        List<LanguageRange> languages = request.headers().acceptLanguage();
        var reasons = new Reasons(remade.pack(), touchpoint, inputs.facts(), true, languages);
        var decisions = body.putArray("decisions");
        var products = AnswerBody.told(FoundProducts.NONE, remade.pack());
        remade.decision()
                .placements()
                .forEach(decided -> decisions.add(AnswerBody.placement(touchpoint, decided, reasons, products)));
        return body;
    }

    private static void write(ObjectNode facts, Fact fact, FactValues values) {
        if (!values.knows(fact)) {
            return;
        }
        var several = values.words(fact.index());
        if (several != null) {
            several.forEach(facts.putArray(fact.id())::add);
        } else if (fact.type() == FactType.DATE) {
            facts.put(
                    fact.id(), Instant.ofEpochMilli(values.number(fact.index())).toString());
        } else if (fact.type().isNumeric()) {
            facts.put(fact.id(), fact.number(values.number(fact.index())));
        } else {
            facts.put(fact.id(), values.word(fact.index()));
        }
    }

    private static String moment(Recorded recorded) {
        return Instant.ofEpochMilli(recorded.atMillis()).toString();
    }

    private Mono<ServerResponse> verify(ServerRequest request) {
        keys.secret(request);
        int last = Field.number(request, "last", USUAL, MOST, "decisions", "");
        long from = Field.millis(request, "from", Long.MIN_VALUE);
        long to = Field.millis(request, "to", Long.MAX_VALUE);
        return all.newest(new Wanted(from, to, null), last, found -> found)
                .flatMap(newest -> Mono.zip(
                        Flux.fromIterable(newest)
                                .flatMap(this::checked, AT_ONCE)
                                .collectList(),
                        records.ids()))
                .flatMap(read -> {
                    var body = Body.create();
                    var checked = read.getT1();
                    body.put("checked", checked.size());
                    body.put(VERIFIED, count(checked, Outcome.SAME));
                    body.put("differing", count(checked, Outcome.OTHER));
                    body.put("unknownPack", count(checked, Outcome.UNKNOWN_PACK));
                    var named = body.putArray("differingIds");
                    checked.stream()
                            .filter(one -> one.outcome() == Outcome.OTHER)
                            .limit(MOST_NAMED)
                            .forEach(one -> named.add(read.getT2()
                                    .of(one.recorded().uuid(), one.recorded().place())));
                    return Body.answer(body);
                });
    }

    /** How a decision turned out that was made again. */
    private enum Outcome {
        SAME,
        OTHER,
        UNKNOWN_PACK
    }

    private record Checked(Recorded recorded, Outcome outcome) {}

    private Mono<Checked> checked(Recorded recorded) {
        return records.remake(recorded)
                .map(remade -> new Checked(recorded, remade.isSame() ? Outcome.SAME : Outcome.OTHER))
                .defaultIfEmpty(new Checked(recorded, Outcome.UNKNOWN_PACK));
    }

    private static long count(List<Checked> checked, Outcome outcome) {
        return checked.stream().filter(one -> one.outcome() == outcome).count();
    }
}
