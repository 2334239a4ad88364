package io.tappa.api.decision;

import io.tappa.api.event.IncomingEvent;
import io.tappa.api.event.Refusal;
import io.tappa.api.security.ApiKey;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale.LanguageRange;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A decision that is asked for.
 *
 * @param key who asks
 * @param pack the snapshot that answers
 * @param ids of whom
 * @param request for what, and when
 * @param nowMillis the present moment, in milliseconds since 1970
 * @param dry whether nothing is counted, remembered and recorded
 * @param events what happened just before, to be counted first
 * @param refused events among them that could not be read
 * @param consents what is said about consent for this decision only
 * @param budget how long to wait at most, or null for as long as the service does
 * @param explain how much of the why is answered
 * @param languages in which it is explained, the best first
 */
record Question(
        ApiKey key,
        PackSnapshot pack,
        Identities ids,
        DecisionRequest request,
        long nowMillis,
        boolean dry,
        List<IncomingEvent> events,
        List<Refusal> refused,
        SortedMap<String, Status> consents,
        @Nullable Duration budget,
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
        consents = Collections.unmodifiableSortedMap(new TreeMap<>(consents));
        languages = List.copyOf(languages);
    }
}
