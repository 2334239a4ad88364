package io.tappa.engine.journey;

import java.time.Duration;

/**
 * A time that has to pass before a move is made without an event.
 *
 * @param length how long; the move is due when this much has passed
 * @param since from when it counts
 */
public record After(Duration length, Since since) {
    /** From when a time-out counts. */
    public enum Since {
        /** From the visitor's last event. */
        LAST_EVENT,
        /** From when the present stage was entered. */
        STAGE
    }

    /** When it is due. */
    public long dueMillis(long lastEventMillis, long stageSinceMillis) {
        return (since == Since.STAGE ? stageSinceMillis : lastEventMillis) + length.toMillis();
    }
}
