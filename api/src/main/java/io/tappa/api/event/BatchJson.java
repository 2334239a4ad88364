package io.tappa.api.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.problem.ProblemJson;
import io.tappa.engine.problem.Problem;
import java.util.List;

/** What became of events, as every protocol edge answers it. */
public final class BatchJson {
    private BatchJson() {}

    /** How many events were counted, and why others were not. */
    public static ObjectNode of(BatchResult result) {
        var body = Body.create();
        body.put("success", true);
        body.put("accepted", result.accepted());
        if (result.late() > 0) {
            body.put("late", result.late());
        }
        body.put("duplicates", result.duplicates());
        if (!result.degraded().isEmpty()) {
            var degraded = body.putArray("degraded");
            result.degraded().forEach(degraded::add);
        }
        var refused = body.putArray("refused");
        for (var refusal : result.refused()) {
            var reason = ProblemJson.reason(refusal.problem());
            reason.put("index", refusal.index());
            reason.put("messageId", refusal.messageId());
            refused.add(reason);
        }
        return body;
    }

    /** The result of a request with one event; when that is refused, the whole request is. */
    public static BatchResult alone(BatchResult result) {
        if (!result.refused().isEmpty()) {
            var problem = result.refused().get(0).problem();
            throw new HttpProblem(code(problem), List.of(problem));
        }
        return result;
    }

    private static ProblemCode code(Problem problem) {
        for (var code : ProblemCode.values()) {
            if (code.key().equals(problem.code()) && code.status().value() == 400) {
                return code;
            }
        }
        return ProblemCode.INVALID_FIELD;
    }
}
