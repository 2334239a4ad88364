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
 * @param request for what
 * @param events what happened just before, to be counted first
 * @param refused events among them that could not be read
 * @param explain how much of the why is answered
 * @param languages in which it is explained, the best first
 */
record Question(
        ApiKey key,
        PackSnapshot pack,
        Identities ids,
        DecisionRequest request,
        List<IncomingEvent> events,
        List<Refusal> refused,
        Explain explain,
        List<LanguageRange> languages) {
    /** How much of the why is answered. */
    enum Explain {
        NONE,
        REASONS,
        FULL
    }

    Question {
        events = List.copyOf(events);
        refused = List.copyOf(refused);
        languages = List.copyOf(languages);
    }
}
