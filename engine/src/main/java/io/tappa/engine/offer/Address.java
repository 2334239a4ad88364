package io.tappa.engine.offer;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Addresses of pages and images: which of them are safe, and how a value stands in them. */
final class Address {
    private static final String HOST = "(?i:https?)://[^/?#\\\\\\s]+";
    /** Browsers take a backslash for a slash, and two slashes for another host. */
    private static final Pattern WHOLE = Pattern.compile("(?:" + HOST + "(?:[/?#].*)?|/(?![/\\\\]).*)");

    private static final Pattern UP_TO_PATH = Pattern.compile("(?:" + HOST + "[/?#]|/).*");
    /** A step of the path that leads to where it stands or back. */
    private static final Pattern CLIMBING = Pattern.compile("[^?#]*[/\\\\](?:\\.|%2[eE]){1,2}(?:[/\\\\?#].*)?");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Address() {}

    /** The value, with nothing bare but letters and digits of English and {@code - . _ ~}; half characters become {@code ?}. */
    static String encode(String value) {
        var encoded = new StringBuilder(value.length());
        for (byte unit : value.getBytes(StandardCharsets.UTF_8)) {
            if (isBare(unit)) {
                encoded.append((char) unit);
            } else {
                encoded.append('%').append(HEX.toHexDigits(unit));
            }
        }
        return encoded.toString();
    }

    private static boolean isBare(byte c) {
        return ('a' <= c && c <= 'z')
                || ('A' <= c && c <= 'Z')
                || ('0' <= c && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    /**
     * Whether {@code text} leads to a page of the web or of this site, and values in it only to where its author meant:
     * {@code start}, which stands in front of the first value, must name the host.
     */
    static boolean isSafe(String start, String text) {
        return WHOLE.matcher(text).matches()
                && text.chars().noneMatch(Character::isISOControl)
                && (start.equals(text)
                        || (UP_TO_PATH.matcher(start).matches()
                                && !CLIMBING.matcher(text).matches()));
    }
}
