package io.tappa.api.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.event.EventIds;
import io.tappa.api.event.EventParser;
import io.tappa.api.event.EventParser.Parsed;
import io.tappa.api.event.IncomingEvent;
import io.tappa.api.event.PrivacyControl;
import io.tappa.api.event.Refusal;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.problem.ProblemJson;
import io.tappa.api.security.ApiKey;
import io.tappa.api.security.Keys;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Proof;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code POST /v1/decisions}: reads the question, writes the answer. */
final class DecisionHandler {
    private static final List<String> FIELDS =
            List.of("visitor", "touchpoint", "placements", "context", "events", "explain");
    private static final List<String> VISITOR_FIELDS = List.of("anonymousId", "userId", "userHash");
    private static final int MOST_EVENTS = 100;
    private static final int LONGEST_CONTEXT = 200;
    private static final int MOST_CONTEXT = 50;

    private final DecisionService decisions;
    private final DecisionMetrics metrics;
    private final LivePack live;
    private final Keys keys;
    private final ServiceClock clock;

    DecisionHandler(DecisionService decisions, DecisionMetrics metrics, LivePack live, Keys keys, ServiceClock clock) {
        this.decisions = decisions;
        this.metrics = metrics;
        this.live = live;
        this.keys = keys;
        this.clock = clock;
    }

    Mono<ServerResponse> decide(ServerRequest request) {
        var key = keys.of(request, null);
        var privacy = PrivacyControl.of(request);
        var languages = request.headers().acceptLanguage();
        return Body.object(request)
                .map(body -> question(key, privacy, languages, body))
                .flatMap(this::answer);
    }

    private Mono<ServerResponse> answer(Question question) {
        return decisions
                .decide(question)
                .doOnNext(answer -> metrics.count(question, answer))
                .flatMap(answer -> Body.answer(body(question, answer)));
    }

    private Question question(ApiKey key, PrivacyControl privacy, List<LanguageRange> languages, ObjectNode body) {
        Field.only(body, "", FIELDS);
        var visitor = Field.object(body, "visitor", "");
        if (visitor == null) {
            throw Field.wrong("/visitor", "The body has no visitor.", "Send {\"visitor\":{\"anonymousId\":\"…\"}, …}.");
        }
        Field.only(visitor, "/visitor", VISITOR_FIELDS);
        var named = EventIds.of(visitor, "/visitor");
        var proof = keys.proof(key, named.userId(), Field.text(visitor, "userHash", "/visitor"));
        var ids = named.with(proof);
        boolean needsProof = ids.all().stream().anyMatch(id -> id.kind().namesAPerson());
        if (needsProof && proof == Proof.NONE) {
            throw new HttpProblem(
                    ProblemCode.WRONG_KEY_KIND,
                    "/visitor/userId",
                    "A publishable key alone cannot speak for a person.",
                    "Send userHash, made by your server, or use a secret key.");
        }
        var pack = live.now();
        var touchpoint = touchpoint(pack, body);
        var events = new ArrayList<IncomingEvent>();
        var refused = new ArrayList<Refusal>();
        for (var parsed : events(pack, body, ids)) {
            var heard = privacy.heardIn(parsed);
            if (heard.incoming() != null) {
                events.add(heard.incoming().toldBy(key));
            }
            if (heard.refusal() != null) {
                refused.add(heard.refusal());
            }
        }
        var context = context(body);
        privacy.tell(context);
        var request = new DecisionRequest(touchpoint, placements(touchpoint, body), context, clock.millis());
        return new Question(key, pack, ids, request, events, refused, explain(body), languages);
    }

    private static Touchpoint touchpoint(PackSnapshot pack, ObjectNode body) {
        var name = Field.text(body, "touchpoint", "");
        if (name == null) {
            throw Field.wrong(
                    "/touchpoint", "The body has no touchpoint.", "Send for example \"touchpoint\": \"home\".");
        }
        var touchpoint = pack.touchpoints().find(name);
        if (touchpoint == null) {
            throw new HttpProblem(
                    ProblemCode.UNKNOWN_TOUCHPOINT,
                    "/touchpoint",
                    "There is no touchpoint \"%s\".".formatted(name),
                    Suggestion.cure(
                            name,
                            "touchpoints",
                            pack.touchpoints().all().stream()
                                    .map(Touchpoint::key)
                                    .toList()));
        }
        return touchpoint;
    }

    private static List<Placement> placements(Touchpoint touchpoint, ObjectNode body) {
        var names = Field.list(body, "placements", "");
        if (names == null) {
            return touchpoint.placements();
        }
        var placements = new ArrayList<Placement>();
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i).asText();
            var placement = touchpoint.placement(name);
            if (placement == null) {
                throw new HttpProblem(
                        ProblemCode.UNKNOWN_PLACEMENT,
                        "/placements/" + i,
                        "The touchpoint %s has no placement \"%s\".".formatted(touchpoint.key(), name),
                        Suggestion.cure(
                                name,
                                "placements",
                                touchpoint.placements().stream()
                                        .map(Placement::key)
                                        .toList()));
            }
            if (!placements.contains(placement)) {
                placements.add(placement);
            }
        }
        return placements;
    }

    private static SortedMap<String, String> context(ObjectNode body) {
        var context = new TreeMap<String, String>();
        var given = Field.object(body, "context", "");
        if (given == null) {
            return context;
        }
        given.properties().forEach(field -> {
            var value = field.getValue();
            if (value.isNull()) {
                return;
            }
            if (!value.isValueNode() || value.asText().length() > LONGEST_CONTEXT || context.size() >= MOST_CONTEXT) {
                throw Field.wrong(
                        "/context/" + field.getKey(),
                        "\"%s\" does not fit into the context.".formatted(field.getKey()),
                        "Send at most %d single values of at most %d characters."
                                .formatted(MOST_CONTEXT, LONGEST_CONTEXT));
            }
            context.put(field.getKey(), value.asText());
        });
        return context;
    }

    private List<Parsed> events(PackSnapshot pack, ObjectNode body, Identities ids) {
        var list = Field.list(body, "events", "");
        if (list == null) {
            return List.of();
        }
        if (list.size() > MOST_EVENTS) {
            throw Field.wrong(
                    "/events",
                    "There are %d events; %d are possible here.".formatted(list.size(), MOST_EVENTS),
                    "Send the older ones to /v1/batch.");
        }
        var parser = new EventParser(clock.received(), null, "/events", pack);
        var parsed = new ArrayList<Parsed>();
        for (int i = 0; i < list.size(); i++) {
            var event = list.get(i);
            parsed.add(parser.parse(i, event, event.hasNonNull("type") ? null : "track", ids));
        }
        return parsed;
    }

    private static Question.Explain explain(ObjectNode body) {
        var text = Field.text(body, "explain", "");
        if (text == null) {
            return Question.Explain.REASONS;
        }
        for (var explain : Question.Explain.values()) {
            if (explain.name().toLowerCase(Locale.ROOT).equals(text)) {
                return explain;
            }
        }
        throw Field.wrong(
                "/explain",
                "\"%s\" cannot be explained.".formatted(text),
                Suggestion.cure(text, "possible values", List.of("none", "reasons", "full")));
    }

    private static ObjectNode body(Question question, Answer answer) {
        var body = Body.create();
        body.put("decisionId", answer.id());
        body.put("pack", question.pack().version());
        body.put("at", Instant.ofEpochMilli(question.request().atMillis()).toString());
        boolean inside = question.key().seesInside();
        if (inside) {
            var journeys = body.putObject("visitor").putObject("journeys");
            answer.positions().byJourney().forEach((key, in) -> {
                var journey = journeys.putObject(key);
                journey.put("stage", in.stage());
                journey.put("since", Instant.ofEpochMilli(in.sinceMillis()).toString());
            });
        }
        var decisions = body.putArray("decisions");
        var reasons = inside && question.explain() != Question.Explain.NONE ? new Reasons(question, answer) : null;
        answer.decision().placements().forEach(decided -> decisions.add(placement(decided, reasons)));
        var degraded = body.putArray("degraded");
        answer.degraded().forEach(degraded::add);
        if (!question.refused().isEmpty()) {
            var refused = body.putArray("refused");
            for (var refusal : question.refused()) {
                var reason = ProblemJson.reason(refusal.problem());
                reason.put("index", refusal.index());
                refused.add(reason);
            }
        }
        return body;
    }

    private static ObjectNode placement(PlacementDecision decided, @Nullable Reasons reasons) {
        var body = Body.create();
        body.put("placement", decided.placement());
        body.put("offer", decided.offer());
        body.put("channel", decided.channel());
        if (decided.offer() == null) {
            body.putNull("content");
        } else {
            var content = body.putObject("content");
            decided.content().forEach(content::put);
            body.put("language", decided.language());
        }
        if (reasons != null) {
            reasons.why(body, decided);
        }
        body.put("fallback", decided.fallback());
        if (reasons != null) {
            reasons.candidates(body, decided);
        }
        return body;
    }
}
