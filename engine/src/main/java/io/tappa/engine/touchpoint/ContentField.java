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
 * @param most most products of a list, 0 for a text
 * @param fewest fewest products of a list, without which the offer is not shown; 0 for a text
 */
public record ContentField(String name, Type type, boolean required, int longest, int most, int fewest) {
    /** Most products that a list can have. */
    public static final int MOST_PRODUCTS = 12;
    /** Products of a list of which nothing else was said. */
    public static final int USUAL_PRODUCTS = 4;

    /** A text. */
    public ContentField(String name, Type type, boolean required, int longest) {
        this(name, type, required, longest, 0, 0);
    }

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
        JSON,
        /** A list of products; the offer says of which. */
        PRODUCTS;

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
