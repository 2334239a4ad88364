package io.tappa.api.store;

import java.util.Locale;

/**
 * That a version of a pack went live.
 *
 * @param number 1 for the first of the pack, one more for each after it
 * @param hash SHA-256 of the files of the version, in hexadecimal digits
 * @param atMillis when it went live, in milliseconds since 1970
 * @param means how
 * @param by id of the key whose holder asked for it; empty where a folder was read by itself
 * @param message what they say about it, or empty
 */
public record Release(long number, String hash, long atMillis, Means means, String by, String message) {
    /** How a version goes live. */
    public enum Means {
        /** From the folder of a node. */
        FOLDER,
        /** Its files were sent. */
        PUBLISHED,
        /** It was live before, and was taken again. */
        ROLLED_BACK;

        /** The word in answers. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
