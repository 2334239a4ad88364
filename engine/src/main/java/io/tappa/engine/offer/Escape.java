package io.tappa.engine.offer;

import io.tappa.engine.touchpoint.ContentField;
import java.util.HexFormat;

/**
 * For which reader the value of a fact is written, so that whatever a visitor typed stays a value there. What the author
 * wrote around it stays as it is.
 */
public enum Escape {
    /** Plain text: what controls a display or the direction of writing is left out. */
    TEXT {
        @Override
        String value(String value) {
            return visible(value);
        }
    },
    /** Text within a page, also within a quoted attribute: as plain text, and no mark of HTML is left bare. */
    HTML {
        @Override
        String value(String value) {
            var safe = new StringBuilder(value.length());
            visible(value).codePoints().forEach(c -> {
                switch (c) {
                    case '&' -> safe.append("&amp;");
                    case '<' -> safe.append("&lt;");
                    case '>' -> safe.append("&gt;");
                    case '"' -> safe.append("&quot;");
                    case '\'' -> safe.append("&#39;");
                    default -> safe.appendCodePoint(c);
                }
            });
            return safe.toString();
        }
    },
    /** A part of the path or query of a link or of the address of an image; numbers and days are plain there. */
    ADDRESS {
        @Override
        String value(String value) {
            return Address.encode(value);
        }

        @Override
        boolean fits(String start, String text) {
            return Address.isSafe(start, text);
        }

        @Override
        Forms forms(Forms ofLanguage) {
            return Forms.PLAIN;
        }
    },
    /** Text between the quotes of a JSON string, also of one within a script of a page. */
    JSON {
        @Override
        String value(String value) {
            var safe = new StringBuilder(value.length());
            value.codePoints().forEach(c -> {
                if (c == '"' || c == '\\') {
                    safe.append('\\').append((char) c);
                } else if (isControl(c) || isBareInScripts(c) || isHalf(c)) {
                    safe.append("\\u").append(HexFormat.of().toHexDigits((char) c));
                } else {
                    safe.appendCodePoint(c);
                }
            });
            return safe.toString();
        }
    };

    /** How values are written into a field of {@code type}. */
    public static Escape of(ContentField.Type type) {
        return switch (type) {
            case TEXT, PRODUCTS -> TEXT;
            case HTML -> HTML;
            case IMAGE, URL -> ADDRESS;
            case JSON -> JSON;
        };
    }

    /** The value of a fact, such that it means nothing but itself there. */
    abstract String value(String value);

    /** Whether {@code text} can be shown there; {@code start} is what the author wrote in front of the first value. */
    boolean fits(String start, String text) {
        return true;
    }

    /** How numbers and days are written there. */
    Forms forms(Forms ofLanguage) {
        return ofLanguage;
    }

    private static String visible(String value) {
        var visible = new StringBuilder(value.length());
        value.codePoints().filter(c -> !isControl(c)).forEach(visible::appendCodePoint);
        return visible.toString();
    }

    /** Control characters, and those that turn the direction of writing (Unicode: Bidi_Control). */
    private static boolean isControl(int c) {
        return Character.isISOControl(c)
                || c == 0x061c
                || c == 0x200e
                || c == 0x200f
                || (0x202a <= c && c <= 0x202e)
                || (0x2066 <= c && c <= 0x2069);
    }

    /** What would end a script or a quoted attribute around the JSON, and the ends of lines of old scripts. */
    private static boolean isBareInScripts(int c) {
        return c == '<' || c == '>' || c == '&' || c == '\'' || c == 0x2028 || c == 0x2029;
    }

    /** Half of a character, which no encoding can carry. */
    private static boolean isHalf(int c) {
        return 0xd800 <= c && c <= 0xdfff;
    }
}
