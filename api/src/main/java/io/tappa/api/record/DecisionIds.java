package io.tappa.api.record;

import io.tappa.engine.identity.VisitorKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Names decisions: a UUID of version 7 (RFC 9562), so that ids sort by time, the visitor's shard, and the place where the
 * record is, sealed so that ids of one visitor have nothing in common for whoever does not know the pack's secret.
 */
public final class DecisionIds {
    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern FORM = Pattern.compile(
            "([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\\.([0-9]{1,4})(?:\\.([A-Za-z0-9_-]{22}))?");
    private static final String SIGNED = "signed:";
    private static final int OF_PLACE = 16;

    private final SecretKeySpec secret;
    /** One for each thread: to make one costs more than to use it. */
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(this::newMac);

    DecisionIds(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /**
     * An id that can be read again.
     *
     * @param uuid names the decision
     * @param place where its record is, or null where it has none
     */
    public record Named(UUID uuid, @Nullable VisitorKey place) {
        /** The moment it was made for, in milliseconds since 1970. */
        public long atMillis() {
            return uuid.getMostSignificantBits() >>> 16;
        }
    }

    /** A new name for a decision at {@code millis}. */
    public static UUID next(long millis) {
        var random = new SplittableRandom(ThreadLocalRandom.current().nextLong());
        long high = (millis << 16) | 0x7000L | random.nextLong(1L << 12);
        long low = 0x8000_0000_0000_0000L | (random.nextLong() >>> 2);
        return new UUID(high, low);
    }

    /** The id of a decision that leaves no record. */
    public static String unrecorded(UUID uuid, VisitorKey place) {
        return uuid + "." + place.shard();
    }

    /** The id of a decision whose record is at {@code place}. */
    public String of(UUID uuid, VisitorKey place) {
        var sealed = crossed(uuid, place.bytes());
        return unrecorded(uuid, place) + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** Whether {@code id} looks like one. */
    public static boolean isId(String id) {
        return FORM.matcher(id).matches();
    }

    /** What {@code id} says, or null when it is no id of a decision at all; one that was forged leads to any place. */
    public @Nullable Named read(String id) {
        var parts = FORM.matcher(id);
        if (!parts.matches()) {
            return null;
        }
        var uuid = UUID.fromString(parts.group(1));
        var sealed = parts.group(3);
        return sealed == null
                ? new Named(uuid, null)
                : new Named(
                        uuid, VisitorKey.of(crossed(uuid, Base64.getUrlDecoder().decode(sealed))));
    }

    /** What proves that this service, which knows the pack's secret, wrote {@code text}: 43 letters, digits, hyphens and underscores. */
    public String signature(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(SIGNED + text));
    }

    /** Each id has a mask of its own; crossed twice, it falls out again. */
    private byte[] crossed(UUID uuid, byte[] bytes) {
        var mask = mac(uuid.toString());
        var crossed = new byte[OF_PLACE];
        for (int i = 0; i < OF_PLACE; i++) {
            crossed[i] = (byte) (bytes[i] ^ mask[i]);
        }
        return crossed;
    }

    private byte[] mac(String text) {
        return macs.get().doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private Mac newMac() {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("Every Java has HMAC-SHA256.", absent);
        }
    }

    /** The short form of {@code uuid}: 22 letters, digits, hyphens and underscores. */
    static String brief(UUID uuid) {
        var bytes = ByteBuffer.allocate(OF_PLACE)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The UUID that {@link #brief} made short. */
    static UUID uuid(String brief) {
        var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(brief));
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
