package io.tappa.engine.visitor;

import java.util.Comparator;

/**
 * The last event that left the reorder window; whatever sorts before it is late.
 *
 * @param atMillis its time in milliseconds since 1970
 * @param messageId its id
 */
public record Frontier(long atMillis, String messageId) {
    /** By time, then message id: the order of events. */
    public static final Comparator<Frontier> ORDER =
            Comparator.comparingLong(Frontier::atMillis).thenComparing(Frontier::messageId);

    /** Whether {@code event} is the frontier or sorts before it. */
    public boolean covers(RecentEvent event) {
        return isAfter(event) || (atMillis == event.atMillis() && messageId.equals(event.messageId()));
    }

    /** Whether {@code event} sorts before the frontier. */
    public boolean isAfter(RecentEvent event) {
        return atMillis != event.atMillis() ? atMillis > event.atMillis() : messageId.compareTo(event.messageId()) > 0;
    }
}
