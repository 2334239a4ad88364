package io.tappa.engine.touchpoint;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One field of content that a placement can show.
 *
 * @param name the key in the content
 * @param type what the field holds
 * @param required whether an offer without it cannot be shown there
 * @param longest longest text in characters, 0 for no limit
 */
public record ContentField(String name, Type type, boolean required, int longest) {
    /** What a field holds, and so how the values of facts are written into it. */
    public enum Type {
        /** Text that is shown as it is. */
        TEXT,
        /** The address of an image. */
        IMAGE,
        /** The address of a page. */
        URL,
        /** A piece of a page, marks included. */
        HTML,
        /** JSON, facts only between quotes. */
        JSON;

        /** The author's word for it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The author's words for all of them. */
        public static List<String> keys() {
            return Stream.of(values()).map(Type::key).toList();
        }
    }
}
