package io.tappa.api.decision;

import io.tappa.api.event.IncomingEvent;
import io.tappa.api.event.Refusal;
import io.tappa.api.security.ApiKey;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.pack.PackSnapshot;
import java.util.List;
import java.util.Locale.LanguageRange;

/**
 * A decision that is asked for.
 *
 * @param key who asks
 * @param pack the snapshot that answers
 * @param ids of whom
 * @param request for what, and when
 * @param nowMillis the present moment, in milliseconds since 1970
 * @param options how
 * @param events what happened just before, to be counted first
 * @param refused events among them that could not be read
 * @param languages in which it is explained, the best first
 */
record Question(
        ApiKey key,
        PackSnapshot pack,
        Identities ids,
        DecisionRequest request,
        long nowMillis,
        QuestionOptions options,
        List<IncomingEvent> events,
        List<Refusal> refused,
        List<LanguageRange> languages) {
    Question {
        events = List.copyOf(events);
        refused = List.copyOf(refused);
        languages = List.copyOf(languages);
    }
}
