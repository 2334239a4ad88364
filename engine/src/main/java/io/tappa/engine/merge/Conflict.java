package io.tappa.engine.merge;

import org.jspecify.annotations.Nullable;

/**
 * Both sides changed the same entry in a different way, or one changed what the other deleted.
 *
 * @param file the file it stands in, relative to the pack
 * @param entry id of the entry, {@value #FRAME} for what stands outside of entries, or empty for the whole file
 * @param base the text that both began with, or null where there was none
 * @param ours the text on our side, or null where we deleted it
 * @param theirs the text on their side, or null where they deleted it
 */
public record Conflict(
        String file,
        String entry,
        @Nullable String base,
        @Nullable String ours,
        @Nullable String theirs) {
    /** The entry that is all of a file which is no entry: its head, and comments that belong to none. */
    public static final String FRAME = "(frame)";

    /** What names it in a pack: {@code decisions/home.yaml#home-shoes}. */
    public String key() {
        return key(file, entry);
    }

    static String key(String file, String entry) {
        return entry.isEmpty() ? file : file + "#" + entry;
    }
}
