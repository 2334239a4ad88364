package io.tappa.api.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.engine.problem.Problem;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Problems as {@code application/problem+json} (RFC 9457). */
public final class ProblemJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RETRY_SECONDS = "1";

    private ProblemJson() {}

    /** The whole answer. */
    public static Mono<ServerResponse> answer(HttpProblem problem) {
        return answer(problem, JSON.createObjectNode());
    }

    /** The same with more members, which say to programs what the words say to people. */
    public static Mono<ServerResponse> answer(HttpProblem problem, ObjectNode more) {
        var status = problem.code().status();
        var answer = ServerResponse.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.code() == ProblemCode.STORE_UNAVAILABLE || problem.code() == ProblemCode.OVERLOADED) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        if (problem.code() == ProblemCode.UNKNOWN_KEY) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return answer.bodyValue(body(problem).setAll(more).toString());
    }

    private static ObjectNode body(HttpProblem problem) {
        var body = JSON.createObjectNode();
        body.put("type", "about:blank");
        body.put("title", problem.code().status().getReasonPhrase());
        body.put("status", problem.code().status().value());
        body.put("code", problem.code().key());
        body.put("detail", problem.getMessage());
        var errors = body.putArray("errors");
        problem.problems().forEach(reason -> errors.add(reason(reason)));
        return body;
    }

    /** One reason: its code, place, fact and cure. */
    public static ObjectNode reason(Problem problem) {
        var reason = JsonNodeFactory.instance.objectNode();
        reason.put("code", problem.code());
        var place = problem.place();
        if (place.line() > 0 || place.cell() != null) {
            reason.put("file", place.source());
            reason.put("line", place.line());
            reason.put("column", place.column());
            if (place.cell() != null) {
                reason.put("cell", place.cell());
            }
        } else {
            reason.put("pointer", place.source());
        }
        if (place.rule() != null) {
            reason.put("rule", place.rule());
        }
        reason.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
        reason.put("detail", problem.what());
        reason.put("cure", problem.cure());
        return reason;
    }
}
