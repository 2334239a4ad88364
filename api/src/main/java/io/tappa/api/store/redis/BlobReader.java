package io.tappa.api.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Reads what {@link BlobWriter} wrote. */
final class BlobReader {
    private final byte[] bytes;
    private int at;
    private long lastMillis;
    private final Moments moments = new Moments();
    private final List<String> texts = new ArrayList<>();

    BlobReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int octet() {
        return bytes[at++] & 0xff;
    }

    long fixed() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | octet();
        }
        return value;
    }

    int slot() {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = (value << 8) | octet();
        }
        return value;
    }

    long whole() {
        long value = 0;
        int shift = 0;
        while (true) {
            int next = octet();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
            shift += 7;
        }
    }

    /** How many things follow; bounded, so that a cut blob cannot ask for all memory. */
    int count() {
        long count = whole();
        if (count > bytes.length) {
            throw new IllegalArgumentException("""
                    count (%d) is more than the %d bytes of this blob can hold.
                    Maybe the stored state was cut.""".formatted(count, bytes.length));
        }
        return (int) count;
    }

    long signed() {
        long value = whole();
        return (value >>> 1) ^ -(value & 1);
    }

    long millis() {
        long coded = whole();
        if ((coded & 1) == 1) {
            lastMillis = moments.at((int) (coded >>> 1));
        } else {
            long change = coded >>> 1;
            lastMillis += (change >>> 1) ^ -(change & 1);
            moments.add(lastMillis);
        }
        return lastMillis;
    }

    String text() {
        int known = (int) whole();
        if ((known & 1) == 1) {
            return KnownWords.word(known >>> 1);
        }
        if (known > 0) {
            return texts.get(known / 2 - 1);
        }
        var text = raw();
        texts.add(text);
        return text;
    }

    String raw() {
        int length = count();
        var text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    String id() {
        var shape = IdShape.tagged(octet());
        if (shape == IdShape.TEXT) {
            return raw();
        }
        if (shape == IdShape.UUID) {
            return new UUID(fixed(), fixed()).toString();
        }
        int length = count();
        var hex = HexFormat.of().formatHex(bytes, at, at + length);
        at += length;
        return hex;
    }
}
