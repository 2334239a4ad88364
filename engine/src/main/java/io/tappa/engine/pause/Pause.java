package io.tappa.engine.pause;

import java.util.Locale;

/**
 * Something that is not shown for a while.
 *
 * @param what {@code everything}, or a kind and a name: {@code rule:ID}, {@code offer:KEY}, {@code campaign:KEY} or {@code
 *     channel:NAME}
 * @param reason why, in the words of whoever paused it
 * @param sinceMillis when it was paused, in milliseconds since 1970; told only, it decides nothing
 * @param untilMillis first moment it no longer holds, or {@link Long#MAX_VALUE} until it is ended
 * @param by who paused it: the id of a key
 */
public record Pause(String what, String reason, long sinceMillis, long untilMillis, String by) {
    /** All there is. */
    public static final String EVERYTHING = "everything";

    /** What can be paused by its name. */
    public enum Kind {
        RULE,
        OFFER,
        CAMPAIGN,
        CHANNEL;

        /** The author's word for it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What is paused when the one called {@code name} is, such as {@code offer:voucher-10}. */
        public String named(String name) {
            return key() + ":" + name;
        }
    }

    /** Whether it holds at {@code nowMillis}. */
    public boolean holds(long nowMillis) {
        return nowMillis < untilMillis;
    }
}
