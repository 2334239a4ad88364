package io.tappa.api.record;

import io.tappa.engine.decision.Surroundings;

/**
 * Surroundings that are kept where records find them.
 *
 * @param hash names them; empty on an ordinary day, which needs no keeping
 * @param value what they are
 */
public record Around(String hash, Surroundings value) {
    /** An ordinary day. */
    public static final Around NONE = new Around("", Surroundings.NONE);
}
