package io.tappa.api.store;

/**
 * Takes out of a message what a sender wrote: messages are kept where nobody finds them when a person wants to be forgotten,
 * and a value may be somebody's name or address.
 */
final class Discreet {
    private static final char QUOTE = '"';

    private Discreet() {}

    /**
     * The message without what it quotes, from the first quotation mark to the last, unless that is only the name of the
     * field at {@code pointer}.
     */
    static String of(String message, String pointer) {
        int first = message.indexOf(QUOTE);
        int last = message.lastIndexOf(QUOTE);
        if (first == last) {
            return message;
        }
        var quoted = message.substring(first + 1, last);
        var field = pointer.substring(pointer.lastIndexOf('/') + 1);
        return quoted.equalsIgnoreCase(field)
                ? message
                : message.substring(0, first + 1) + "…" + message.substring(last);
    }
}
