package io.tappa.api.store.redis;

/** Shapes of ids that can be packed. */
enum IdShape {
    TEXT(0),
    HEX(1),
    UUID(2);

    private final int tag;

    IdShape(int tag) {
        this.tag = tag;
    }

    /** What stands for the shape in a blob, for ever. */
    int tag() {
        return tag;
    }

    static IdShape tagged(int tag) {
        for (var shape : values()) {
            if (shape.tag == tag) {
                return shape;
            }
        }
        throw new IllegalArgumentException("""
                tag (%d) of an id is unknown.
                Maybe a newer version of Tappa wrote it.""".formatted(tag));
    }

    static IdShape of(String value) {
        if (isUuid(value)) {
            return UUID;
        }
        boolean hex = value.length() >= 2 && value.length() % 2 == 0 && isHex(value, 0, value.length());
        return hex ? HEX : TEXT;
    }

    private static boolean isUuid(String value) {
        return value.length() == 36
                && value.charAt(8) == '-'
                && value.charAt(13) == '-'
                && value.charAt(18) == '-'
                && value.charAt(23) == '-'
                && isHex(value, 0, 8)
                && isHex(value, 9, 13)
                && isHex(value, 14, 18)
                && isHex(value, 19, 23)
                && isHex(value, 24, 36);
    }

    private static boolean isHex(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
