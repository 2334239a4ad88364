package io.tappa.engine.experiment;

import io.tappa.engine.identity.Hashes;

/** One of a million equal parts of all units; the same unit is always in the same part of a layer. */
public final class Bucket {
    /** How many buckets there are, so that one is one part per million. */
    public static final int COUNT = 1_000_000;

    private Bucket() {}

    /**
     * The bucket of {@code unitKey} in {@code layer}, 0 to 999,999.
     *
     * <p>The upper 63 bits of the hash, as a fraction of 2⁶³, times the number of buckets. No bucket is larger than
     * another by more than one part in 10¹².
     */
    public static int of(String layer, String unitKey) {
        long hash = Hashes.first64(layer + '\0' + unitKey);
        return (int) Math.multiplyHigh(hash >>> 1, 2L * COUNT);
    }

    /** The bucket for {@code purpose}, which is independent of every layer, whatever that is called. */
    static int of(String purpose, String key, String unitKey) {
        return of(purpose + '\0' + key, unitKey);
    }

    /** Refuses what could make two hashes the same that must be independent. */
    static void checkKey(String what, String key) {
        if (key.isBlank() || key.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("""
                    %s (%s) must have a character that can be seen and no control characters.
                    Maybe use letters, digits and hyphens.""".formatted(what, key));
        }
    }
}
