package io.tappa.api.store;

/**
 * One line of a visitor's log.
 *
 * @param kind what it tells
 * @param text JSON
 */
public record LogLine(Kind kind, String text) {
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
