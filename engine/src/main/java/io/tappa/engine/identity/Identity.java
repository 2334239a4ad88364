package io.tappa.engine.identity;

/**
 * One id of a visitor.
 *
 * @param kind what sort of id it is
 * @param value the id as the site sent it, 1 to {@value #LONGEST} characters, no control characters
 */
public record Identity(IdKind kind, String value) implements Comparable<Identity> {
    /** Longest id accepted, in characters. */
    public static final int LONGEST = 200;

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
                && value.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
    }

    @Override
    public int compareTo(Identity other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : value.compareTo(other.value);
    }
}
