package io.tappa.engine.visitor;

/**
 * The last event that left the reorder window; whatever sorts before it is late.
 *
 * @param atMillis its time in milliseconds since 1970
 * @param messageId its id
 */
public record Frontier(long atMillis, String messageId) {
    /** Whether {@code event} sorts before the frontier. */
    public boolean isAfter(RecentEvent event) {
        return atMillis != event.atMillis() ? atMillis > event.atMillis() : messageId.compareTo(event.messageId()) > 0;
    }
}
