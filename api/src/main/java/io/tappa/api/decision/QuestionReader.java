package io.tappa.api.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.tappa.api.security.ApiKey;
import io.tappa.api.security.Keys;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Proof;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.touchpoint.Touchpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale.LanguageRange;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the body of {@code POST /v1/decisions}. */
final class QuestionReader {
    private static final List<String> FIELDS = List.of(
            "visitor",
            "touchpoint",
            "placements",
            "context",
            "events",
            "explain",
            "consent",
            "at",
            "mode",
            "qa",
            "budgetMs");
    private static final List<String> VISITOR_FIELDS = List.of("anonymousId", "userId", "userHash");
    private static final int MOST_EVENTS = 100;
    private static final int LONGEST_CONTEXT = 200;
    private static final int MOST_CONTEXT = 50;

    private final LivePack live;
    private final Keys keys;
    private final ServiceClock clock;

    QuestionReader(LivePack live, Keys keys, ServiceClock clock) {
        this.live = live;
        this.keys = keys;
        this.clock = clock;
    }

    /** The question that {@code body} asks; {@code languages} are those of the explanation, the best first. */
    Question read(ApiKey key, PrivacyControl privacy, List<LanguageRange> languages, ObjectNode body) {
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
        long now = clock.millis();
        var options = QuestionOptions.read(key, body, now);
        var request = new DecisionRequest(touchpoint, placements(touchpoint, body), context, options.atMillis());
        if (options.dry() && !events.isEmpty()) {
            throw Field.wrong(
                    "/events", "Nothing is written here, so events would be lost.", "Send them to /v1/batch.");
        }
        return new Question(key, pack, ids, request, now, options, events, refused, languages);
    }

    /** Refuses what would be refused in every question with these {@code fields}. */
    void check(ApiKey key, ObjectNode fields) {
        if (fields.has("touchpoint")) {
            touchpoint(live.now(), fields);
        }
        QuestionOptions.check(key, fields, clock.millis());
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
}
