package io.tappa.api.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Writes small binary values: variable-length numbers, texts once each, ids packed. */
final class BlobWriter {
    private byte[] bytes = new byte[512];
    private int length;
    private long lastMillis;
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

    /** A moment, as the distance from the one written before. */
    void millis(long value) {
        signed(value - lastMillis);
        lastMillis = value;
    }

    /** A text; written in full the first time only. */
    void text(String value) {
        var known = texts.putIfAbsent(value, texts.size());
        if (known != null) {
            whole(known + 1L);
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
        var digits = HexFormat.of().parseHex(value.replace("-", ""));
        if (packed == IdShape.HEX) {
            whole(digits.length);
        }
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
