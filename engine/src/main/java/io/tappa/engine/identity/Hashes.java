package io.tappa.engine.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in the sizes this product uses; short ones are cut from the front. */
public final class Hashes {
    /** One for each thread: finding the algorithm takes longer than hashing an id. */
    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(Hashes::newSha256);

    private Hashes() {}

    /** All 32 bytes. */
    public static byte[] sha256(byte[] content) {
        return SHA256.get().digest(content);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }

    /** The first 64 bits; names an event id or a counted value within one visitor. */
    public static long first64(String text) {
        return ByteBuffer.wrap(sha256(text.getBytes(StandardCharsets.UTF_8))).getLong();
    }

    /** The first 32 bits; names a definition within one pack, where the pack reader refuses collisions. */
    public static int first32(String text) {
        return ByteBuffer.wrap(sha256(text.getBytes(StandardCharsets.UTF_8))).getInt();
    }

    /** All 256 bits as lower-case hexadecimal digits. */
    public static String hex(byte[] content) {
        return HexFormat.of().formatHex(sha256(content));
    }
}
