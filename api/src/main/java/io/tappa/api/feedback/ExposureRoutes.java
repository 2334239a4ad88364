package io.tappa.api.feedback;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.event.BatchJson;
import io.tappa.api.event.EventIds;
import io.tappa.api.event.EventIntake;
import io.tappa.api.event.EventParser;
import io.tappa.api.event.EventParser.Parsed;
import io.tappa.api.event.PrivacyControl;
import io.tappa.api.event.Refusal;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.record.DecisionIds;
import io.tappa.api.security.Keys;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.outcome.Outcomes;
import io.tappa.engine.problem.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code POST /v1/exposures}: an offer was viewed, clicked or dismissed. The same as the event of that name; its message id
 * follows from the decision, so that it can be sent again without harm.
 */
@Configuration(proxyBeanMethods = false)
class ExposureRoutes {
    private static final Map<String, String> EVENTS =
            Map.of("viewed", Outcomes.VIEWED, "clicked", Outcomes.CLICKED, "dismissed", Outcomes.DISMISSED);
    private static final List<String> TYPES = List.of("viewed", "clicked", "dismissed");
    private static final List<String> FIELDS =
            List.of("visitor", "decisionId", "placement", "offer", "type", "timestamp");
    private static final int MOST = 100;

    private final EventIntake intake;
    private final Keys keys;
    private final ServiceClock clock;
    private final LivePack live;

    ExposureRoutes(EventIntake intake, Keys keys, ServiceClock clock, LivePack live) {
        this.intake = intake;
        this.keys = keys;
        this.clock = clock;
        this.live = live;
    }

    @Bean
    RouterFunction<ServerResponse> exposures() {
        return route().POST("/v1/exposures", this::accept).build();
    }

    private Mono<ServerResponse> accept(ServerRequest request) {
        var key = keys.of(request, null);
        var privacy = PrivacyControl.of(request);
        return Body.json(request)
                .defaultIfEmpty(Body.create().nullNode())
                .flatMap(body -> {
                    var parsed = new ArrayList<Parsed>();
                    for (int i = 0; i < size(body); i++) {
                        parsed.add(privacy.heardIn(parsed(i, body)));
                    }
                    return intake.accept(key, parsed);
                })
                .flatMap(result -> Body.answer(BatchJson.of(result)));
    }

    private static int size(JsonNode body) {
        int size = body.isArray() ? body.size() : 1;
        if (size > MOST) {
            throw Field.wrong(
                    "", "There are %d exposures; %d are possible.".formatted(size, MOST), "Send several lists.");
        }
        return size;
    }

    private Parsed parsed(int index, JsonNode body) {
        boolean alone = !body.isArray();
        var pointer = alone ? "" : "/" + index;
        try {
            if (!((alone ? body : body.get(index)) instanceof ObjectNode exposure)) {
                throw Field.wrong(pointer, "An exposure is a JSON object.", "Send {\"decisionId\": \"…\", …}.");
            }
            return parsed(index, pointer, exposure);
        } catch (HttpProblem wrong) {
            if (alone) {
                throw wrong;
            }
            return new Parsed(null, new Refusal(index, "", wrong.problems().get(0)));
        }
    }

    private Parsed parsed(int index, String pointer, ObjectNode exposure) {
        Field.only(exposure, pointer, FIELDS);
        var visitor = Field.object(exposure, "visitor", pointer);
        if (visitor == null) {
            throw Field.wrong(
                    pointer + "/visitor",
                    "The exposure has no visitor.",
                    "Send \"visitor\": {\"anonymousId\": \"…\"}.");
        }
        var decision = required(exposure, "decisionId", pointer);
        if (!DecisionIds.isId(decision)) {
            throw Field.wrong(
                    pointer + "/decisionId",
                    "\"%s\" is no id of a decision.".formatted(decision),
                    "Send the decisionId of the answer, as it is.");
        }
        var offer = required(exposure, "offer", pointer);
        var placement = required(exposure, "placement", pointer);
        check(pointer, offer, placement);
        var type = Field.text(exposure, "type", pointer);
        var event = EVENTS.get(type == null ? TYPES.get(0) : type);
        if (event == null) {
            throw Field.wrong(
                    pointer + "/type",
                    "Nothing is \"%s\".".formatted(type),
                    Suggestion.cure(String.valueOf(type), "types", TYPES));
        }
        var track = Body.create();
        track.put("type", "track");
        track.put("event", event);
        track.put(
                "messageId",
                "exposure-%016x".formatted(Hashes.first64(String.join("\0", decision, placement, offer, event))));
        if (exposure.hasNonNull("timestamp")) {
            track.set("timestamp", exposure.get("timestamp"));
        }
        var properties = track.putObject("properties");
        properties.put(Outcomes.DECISION, decision);
        properties.put(Outcomes.OFFER, offer);
        properties.put(Outcomes.PLACEMENT, placement);
        if (visitor.hasNonNull("userHash")) {
            track.putObject("context").set("userHash", visitor.get("userHash"));
        }
        var ids = EventIds.of(visitor, pointer + "/visitor");
        return new EventParser(clock.received(), null, pointer, live.now()).parse(index, track, null, ids);
    }

    private static String required(ObjectNode exposure, String name, String pointer) {
        var text = Field.text(exposure, name, pointer);
        if (text == null) {
            throw Field.wrong(
                    pointer + "/" + name,
                    "The exposure has no %s.".formatted(name),
                    "Send what the decision answered, for example \"placement\": \"home.hero\".");
        }
        return text;
    }

    private void check(String pointer, String offer, String placement) {
        var pack = live.now();
        if (pack.offers().find(offer) == null) {
            throw Field.wrong(
                    pointer + "/offer",
                    "There is no offer \"%s\".".formatted(offer),
                    Suggestion.cure(offer, "offers", pack.offers().keys()));
        }
        if (pack.touchpoints().placement(placement) == null) {
            throw Field.wrong(
                    pointer + "/placement",
                    "There is no placement \"%s\".".formatted(placement),
                    Suggestion.cure(placement, "placements", pack.touchpoints().names()));
        }
    }
}
