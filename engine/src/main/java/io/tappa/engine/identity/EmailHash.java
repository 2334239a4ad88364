package io.tappa.engine.identity;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** E-mail addresses as ids: only their hash is kept. */
public final class EmailHash {
    private static final int LENGTH = 64;

    private EmailHash() {}

    /** SHA-256 of the address without blanks around it, in small letters; one that is such a hash already stays as it is. */
    public static String of(String address) {
        var plain = address.strip().toLowerCase(Locale.ROOT);
        return isHash(plain) ? plain : Hashes.hex(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isHash(String text) {
        return text.length() == LENGTH && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }
}
