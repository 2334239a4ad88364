package io.tappa.api.store;

import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;

/**
 * One line of a visitor's log.
 *
 * @param kind what it tells
 * @param owner the id under which it happened, as {@link #owner} says it
 * @param text a JSON object
 */
public record LogLine(Kind kind, String owner, String text) {
    private static final int OWNER = 8;

    /** A line of whoever lives first at the place of its log. */
    public LogLine(Kind kind, String text) {
        this(kind, "", text);
    }

    /** The same line as one of {@code lane}, in the log of {@code place}. */
    public LogLine of(Identity lane, VisitorKey place) {
        return new LogLine(kind, owner(lane, place), text);
    }

    /** What stands for {@code lane} in the log of {@code place}: nothing for the id whose own place that is. */
    public static String owner(Identity lane, VisitorKey place) {
        var own = VisitorKey.of(lane);
        return own.equals(place) ? "" : own.text().substring(0, OWNER);
    }

    /** What a line of the log tells. */
    public enum Kind {
        EVENT("e"),
        DECISION("d");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /** The kind stored under {@code key}. */
        public static Kind of(String key) {
            return key.equals(EVENT.key) ? EVENT : DECISION;
        }

        /** The field under which it is stored. */
        public String key() {
            return key;
        }
    }
}
