package io.tappa.api.pack;

import io.tappa.api.store.Release;
import io.tappa.api.store.Release.Means;
import org.jspecify.annotations.Nullable;

/**
 * That a version go live.
 *
 * @param means how
 * @param by id of the key whose holder wishes it; empty where a folder was read by itself
 * @param message what they say about it, or empty
 * @param expected hash of the version that should be live before, or null for any
 */
public record Wish(
        Means means, String by, String message, @Nullable String expected) {
    /** Longest message, in characters. */
    static final int LONGEST_MESSAGE = 500;

    static final Wish OF_FOLDER = new Wish(Means.FOLDER, "", "", null);

    Release release(String hash, long atMillis) {
        return new Release(0, hash, atMillis, means, by, message);
    }
}
