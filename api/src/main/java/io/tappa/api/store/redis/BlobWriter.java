package io.tappa.api.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/** Writes small binary values: variable-length numbers, texts once each, ids packed. */
final class BlobWriter {
    private byte[] bytes = new byte[512];
    private int length;
    private long lastMillis;
    private final Moments moments = new Moments();
    private final Map<String, Integer> texts = new HashMap<>();

    byte[] finish() {
        return Arrays.copyOf(bytes, length);
    }

    void octet(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    /** Eight bytes, most significant first. */
    void fixed(long value) {
        room(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >> shift);
        }
    }

    /** Four bytes, most significant first. */
    void slot(int value) {
        room(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >> shift);
        }
    }

    /** A number that is never negative. */
    void whole(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /** A number of either sign; small ones are short. */
    void signed(long value) {
        whole((value << 1) ^ (value >> 63));
    }

    /** A moment: which of the last ones it is, or else the distance from the one written before. */
    void millis(long value) {
        int distance = moments.distance(value);
        if (distance >= 0) {
            whole(2L * distance + 1);
        } else {
            long change = value - lastMillis;
            whole(((change << 1) ^ (change >> 63)) << 1);
            moments.add(value);
        }
        lastMillis = value;
    }

    /** A text; written in full the first time only, and a known word never. */
    void text(String value) {
        int place = KnownWords.place(value);
        if (place >= 0) {
            whole(2L * place + 1);
            return;
        }
        var known = texts.putIfAbsent(value, texts.size());
        if (known != null) {
            whole(2L * known + 2);
            return;
        }
        whole(0);
        raw(value);
    }

    /** A text, always in full. */
    void raw(String value) {
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        whole(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    /** An id; those made of hexadecimal digits or shaped like a UUID take half the room. */
    void id(String value) {
        var packed = IdShape.of(value);
        octet(packed.tag());
        if (packed == IdShape.TEXT) {
            raw(value);
            return;
        }
        if (packed == IdShape.UUID) {
            var uuid = UUID.fromString(value);
            fixed(uuid.getMostSignificantBits());
            fixed(uuid.getLeastSignificantBits());
            return;
        }
        var digits = HexFormat.of().parseHex(value);
        whole(digits.length);
        room(digits.length);
        System.arraycopy(digits, 0, bytes, length, digits.length);
        length += digits.length;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
