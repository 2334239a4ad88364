package io.tappa.engine.identity;

/**
 * One id of a visitor.
 *
 * @param kind what sort of id it is
 * @param value the id as the site sent it, 1 to {@value #LONGEST} characters, none of them invisible
 */
public record Identity(IdKind kind, String value) implements Comparable<Identity> {
    /** Longest id accepted, in characters. */
    public static final int LONGEST = 200;
    /** What several ids of one visitor are together once they are no longer told apart. */
    public static final Identity FUSED = new Identity(IdKind.FUSED, "several");

    public Identity {
        if (!isAcceptable(value)) {
            throw new IllegalArgumentException("""
                    value of the %s must have 1 to %d characters and no control characters.
                    Maybe check it with Identity.isAcceptable first.""".formatted(kind.key(), LONGEST));
        }
    }

    /** Whether {@code value} can be an id at all. */
    public static boolean isAcceptable(String value) {
        return !value.isBlank()
                && value.length() <= LONGEST
                && value.codePoints().noneMatch(c -> Character.isISOControl(c) || isHalf(c) || turnsText(c));
    }

    /** One half of a character that takes two. */
    private static boolean isHalf(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }

    /** Marks that change the direction of text: two ids that look the same would differ. */
    private static boolean turnsText(int codePoint) {
        return codePoint == 0x061C
                || (codePoint >= 0x200E && codePoint <= 0x200F)
                || (codePoint >= 0x202A && codePoint <= 0x202E)
                || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }

    @Override
    public int compareTo(Identity other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : value.compareTo(other.value);
    }
}
