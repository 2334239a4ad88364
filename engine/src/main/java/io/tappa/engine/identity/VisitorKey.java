package io.tappa.engine.identity;

import java.nio.charset.StandardCharsets;

/**
 * Where a visitor lives: 26 characters of base32 of a 128-bit hash of (kind, value) of the first id, so that creating a
 * visitor needs no index and no id can be read back from a key.
 *
 * @param text the key, lower-case base32 (RFC 4648 alphabet)
 */
public record VisitorKey(String text) implements Comparable<VisitorKey> {
    /** Number of shards, stored once and for ever. */
    public static final int SHARDS = 1024;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 26;
    private static final int BYTES = 16;

    public VisitorKey {
        if (text.length() != LENGTH || !isBase32(text)) {
            throw new IllegalArgumentException("""
                    text (%s) is no visitor key: it needs %d characters of a-z and 2-7.
                    Maybe look the visitor up by anonymousId or userId.""".formatted(text, LENGTH));
        }
    }

    private static boolean isBase32(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '2' || c > '7')) {
                return false;
            }
        }
        return true;
    }

    /** The home of the visitor first seen under {@code id}. */
    public static VisitorKey of(Identity id) {
        return of(id, "");
    }

    /** The 16 bytes of the hash. */
    public byte[] bytes() {
        var bytes = new byte[BYTES];
        int buffer = 0;
        int bits = 0;
        int length = 0;
        for (int i = 0; i < LENGTH && length < BYTES; i++) {
            buffer = (buffer << 5 | ALPHABET.indexOf(text.charAt(i))) & 0xffff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[length++] = (byte) (buffer >> bits);
            }
        }
        return bytes;
    }

    /** The home whose hash begins with these 16 bytes. */
    public static VisitorKey of(byte[] hash) {
        var text = new StringBuilder(LENGTH);
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < BYTES; i++) {
            buffer = (buffer << 8 | (hash[i] & 0xff)) & 0xffff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(ALPHABET.charAt(buffer >> bits & 31));
            }
        }
        text.append(ALPHABET.charAt(buffer << (5 - bits) & 31));
        return new VisitorKey(text.toString());
    }

    /** Another home for {@code id}, for when somebody else lives in its own. */
    public static VisitorKey second(Identity id) {
        return of(id, "\0second");
    }

    private static VisitorKey of(Identity id, String suffix) {
        return of(Hashes.sha256((id.kind().key() + '\0' + id.value() + suffix).getBytes(StandardCharsets.UTF_8)));
    }

    /** The shard of this visitor, 0 to {@value #SHARDS} − 1: the first ten bits of the hash. */
    public int shard() {
        return ALPHABET.indexOf(text.charAt(0)) << 5 | ALPHABET.indexOf(text.charAt(1));
    }

    @Override
    public int compareTo(VisitorKey other) {
        return text.compareTo(other.text);
    }
}
