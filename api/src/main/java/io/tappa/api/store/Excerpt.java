package io.tappa.api.store;

/** Cuts what senders wrote, so that no sender can fill the store with messages about mistakes. */
final class Excerpt {
    private static final int LONGEST = 300;

    private Excerpt() {}

    /** The text, or its beginning; never cut inside a character that takes two chars. */
    static String of(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        boolean inside = Character.isHighSurrogate(text.charAt(LONGEST - 1));
        return text.substring(0, inside ? LONGEST - 1 : LONGEST) + "…";
    }
}
