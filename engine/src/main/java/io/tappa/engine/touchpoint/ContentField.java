package io.tappa.engine.touchpoint;

/**
 * One field of content that a placement can show.
 *
 * @param name the key in the content
 * @param type what the field holds
 * @param required whether an offer without it cannot be shown there
 * @param longest longest text in characters, 0 for no limit
 */
public record ContentField(String name, Type type, boolean required, int longest) {
    /** What a field holds. */
    public enum Type {
        TEXT,
        IMAGE,
        URL
    }
}
