package io.tappa.api.cloudevents;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.event.BatchJson;
import io.tappa.api.event.BatchResult;
import io.tappa.api.event.EventIntake;
import io.tappa.api.event.EventParser;
import io.tappa.api.event.EventParser.Parsed;
import io.tappa.api.event.PrivacyControl;
import io.tappa.api.event.Refusal;
import io.tappa.api.event.RefusedBodies;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.ApiKey;
import io.tappa.api.security.Keys;
import io.tappa.engine.event.VisitorEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code POST /v1/events}: CloudEvents 1.0 over HTTP, structured, binary or in batches. */
@Configuration(proxyBeanMethods = false)
class CloudEventRoutes {
    private static final String HEADER = "ce-";
    private static final String FORMAT = "application/cloudevents";

    private final EventIntake intake;
    private final Keys keys;
    private final ServiceClock clock;
    private final LivePack live;
    private final RefusedBodies refused;

    CloudEventRoutes(EventIntake intake, Keys keys, ServiceClock clock, LivePack live, RefusedBodies refused) {
        this.refused = refused;
        this.intake = intake;
        this.keys = keys;
        this.clock = clock;
        this.live = live;
    }

    @Bean
    RouterFunction<ServerResponse> cloudEvents() {
        return route().POST("/v1/events", this::events)
                .POST("/v1/events/", this::events)
                .filter(refused)
                .build();
    }

    private Mono<ServerResponse> events(ServerRequest request) {
        var from = new Sender(keys.of(request, null), PrivacyControl.of(request));
        var headers = request.headers().asHttpHeaders();
        var media = String.valueOf(headers.getFirst(HttpHeaders.CONTENT_TYPE)).toLowerCase(Locale.ROOT);
        if (media.startsWith(FORMAT) && !media.contains("json")) {
            throw new HttpProblem(
                    ProblemCode.UNSUPPORTED_MEDIA,
                    "Content-Type",
                    "CloudEvents are not understood in this format.",
                    "Send application/cloudevents+json, application/cloudevents-batch+json, or ce- headers and a JSON body.");
        }
        boolean binary = !media.startsWith(FORMAT) && headers.getFirst(HEADER + "id") != null;
        return Body.json(request)
                .defaultIfEmpty(Body.create().nullNode())
                .flatMap(body -> binary ? alone(from, binary(headers, body)) : inBody(from, body))
                .flatMap(result -> Body.answer(HttpStatus.ACCEPTED, BatchJson.of(result)));
    }

    /** Who sent a request, and what their browser asks. */
    private record Sender(ApiKey key, PrivacyControl privacy) {}

    private Mono<BatchResult> inBody(Sender from, JsonNode body) {
        if (body instanceof ObjectNode event) {
            return alone(from, new Attributes(event, name -> "/" + name));
        }
        if (!(body instanceof ArrayNode)) {
            throw new HttpProblem(
                    ProblemCode.BAD_JSON,
                    "",
                    "The body is neither a CloudEvent nor a list of them.",
                    "Send a JSON object with Content-Type application/cloudevents+json, or ce- headers.");
        }
        var events = new ArrayList<Attributes>();
        var parsed = new ArrayList<Parsed>();
        var parser = new EventParser(clock.received(), null, "", live.now());
        for (int i = 0; i < body.size(); i++) {
            var pointer = "/" + i;
            var event = body.get(i) instanceof ObjectNode object ? object : Body.create();
            events.add(new Attributes(event, name -> pointer + "/" + name));
            parsed.add(from.privacy().heardIn(parsed(parser, i, events.get(i))));
        }
        return intake.accept(from.key(), parsed).map(result -> Places.inCloudEvents(result, events));
    }

    private Mono<BatchResult> alone(Sender from, Attributes event) {
        var parser = new EventParser(clock.received(), null, null, live.now());
        return intake.accept(from.key(), List.of(from.privacy().heardIn(parsed(parser, 0, event))))
                .map(result -> Places.inCloudEvents(result, List.of(event)))
                .map(BatchJson::alone);
    }

    private static Parsed parsed(EventParser parser, int index, Attributes event) {
        try {
            return parser.parse(index, SegmentForm.of(event), null, null);
        } catch (HttpProblem wrong) {
            var id = event.event().path("id").asText("");
            var shortened = id.substring(0, Math.min(id.length(), VisitorEvent.LONGEST_ID));
            return new Parsed(
                    null, new Refusal(index, shortened, wrong.problems().get(0)));
        }
    }

    /** Header values are percent-encoded where they are no plain ASCII. */
    private static Attributes binary(HttpHeaders headers, JsonNode body) {
        var event = Body.create();
        headers.forEach((name, values) -> {
            if (name.regionMatches(true, 0, HEADER, 0, HEADER.length()) && !values.isEmpty()) {
                event.put(name.substring(HEADER.length()).toLowerCase(Locale.ROOT), decoded(name, values.get(0)));
            }
        });
        event.set("data", body);
        return new Attributes(event, name -> name.equals("data") ? "" : HEADER + name);
    }

    private static String decoded(String name, String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw Field.wrong(name, "The header %s ends within a %% sequence.".formatted(name), "Send %25 for a %.");
        }
    }
}
