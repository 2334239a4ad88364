package io.tappa.api.explanation;

import io.tappa.api.body.Field;
import java.time.Duration;
import java.time.Instant;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The period that is asked about.
 *
 * @param from its first moment
 * @param to its last moment, not before {@code from}
 */
record Period(Instant from, Instant to) {
    private static final Duration USUAL = Duration.ofDays(2);
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final String FROM = "from";

    /** What {@code from} and {@code to} say; without them the last 48 hours until {@code now}. */
    static Period of(ServerRequest request, Instant now) {
        var to = Field.moment(request, "to", now);
        var from = Field.moment(request, FROM, to.minus(USUAL));
        if (from.isAfter(to)) {
            throw Field.wrong(
                    FROM,
                    "The period ends before it begins: from %s to %s.".formatted(from, to),
                    "Ask from the earlier moment to the later one; without \"to\" it ends now.");
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw Field.wrong(
                    FROM,
                    "The period is longer than %d days.".formatted(LONGEST.toDays()),
                    "Ask for at most %d days at once.".formatted(LONGEST.toDays()));
        }
        return new Period(from, to);
    }
}
