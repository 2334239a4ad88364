package io.tappa.api.cloudevents;

import io.tappa.api.event.BatchResult;
import io.tappa.api.event.Refusal;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import java.util.List;
import java.util.Map;

/** Says of refusals where the sender finds the mistake: in the CloudEvent, not in what we made of it. */
final class Places {
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "userId", "subject",
            "anonymousId", "subject",
            "timestamp", "time",
            "properties", "data");

    private Places() {}

    static BatchResult inCloudEvents(BatchResult result, List<Attributes> events) {
        var refused = result.refused().stream()
                .map(refusal -> inCloudEvent(refusal, events.get(refusal.index())))
                .toList();
        return new BatchResult(result.accepted(), result.late(), result.duplicates(), refused, result.degraded());
    }

    private static Refusal inCloudEvent(Refusal refusal, Attributes event) {
        var problem = refusal.problem();
        var pointer = problem.place().source();
        for (var renamed : ATTRIBUTES.entrySet()) {
            int at = pointer.indexOf("/" + renamed.getKey());
            if (at >= 0) {
                var rest = pointer.substring(at + 1 + renamed.getKey().length());
                var place = Place.pointer(event.place().apply(renamed.getValue()) + rest);
                return new Refusal(
                        refusal.index(),
                        refusal.messageId(),
                        new Problem(problem.severity(), problem.code(), place, problem.what(), problem.cure()));
            }
        }
        return refusal;
    }
}
