package io.tappa.api.decision;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the decision API, under {@code tappa.decision}.
 *
 * @param budget time from request to answer; when it is spent the declared fallbacks are answered, flagged. Default 50 ms;
 *     in local mode 1 s, since there page, service and Redis share one machine. Environment: TAPPA_DECISION_BUDGET
 * @param batchBudget the same for one line of a batch, which shares the service with the other lines. Environment:
 *     TAPPA_DECISION_BATCHBUDGET
 * @param batches calls with a batch that are answered at once, beyond which 429 is answered; each may hold some 10 MB
 * @param conflictRetries how often to decide again when another request changed the visitor meanwhile
 */
@ConfigurationProperties("tappa.decision")
record DecisionSettings(
        @Nullable Duration budget,
        @DefaultValue("5s") Duration batchBudget,
        @DefaultValue("8") int batches,
        @DefaultValue("3") int conflictRetries) {
    private static final Duration BUDGET = Duration.ofMillis(50);
    private static final Duration LOCAL_BUDGET = Duration.ofSeconds(1);

    Duration budget(boolean local) {
        if (budget != null) {
            return budget;
        }
        return local ? LOCAL_BUDGET : BUDGET;
    }
}
