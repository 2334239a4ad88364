package io.tappa.api.store;

import io.tappa.engine.identity.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A pack that somebody changes beside others, without its texts.
 *
 * @param name what people call it
 * @param base the version it was made from, or merged with since
 * @param made who made it, and when
 * @param message what it is for, or empty
 * @param notes what is known of each file by its path, of those that were deleted too
 * @param baseEtags the etag of each file of the base by its path
 * @param revision another number after each change
 */
public record Draft(
        String name,
        Base base,
        Note made,
        String message,
        SortedMap<String, Note> notes,
        SortedMap<String, String> baseEtags,
        long revision) {
    private static final int ETAG_DIGITS = 16;

    public Draft {
        notes = Collections.unmodifiableSortedMap(new TreeMap<>(notes));
        baseEtags = Collections.unmodifiableSortedMap(new TreeMap<>(baseEtags));
    }

    /**
     * A version of the pack.
     *
     * @param number as which release it is or was live, or null where it never was
     * @param hash SHA-256 of its files, in hexadecimal digits
     */
    public record Base(@Nullable Long number, String hash) {}

    /**
     * Who changed something last.
     *
     * @param etag names the text that they wrote; empty where they deleted the file
     * @param by id of their key
     * @param atMillis when, in milliseconds since 1970
     */
    public record Note(String etag, String by, long atMillis) {
        /** Whether there is such a file. */
        public boolean exists() {
            return !etag.isEmpty();
        }
    }

    /** The name of a text: another one for another text. */
    public static String etag(String text) {
        return Hashes.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, ETAG_DIGITS);
    }

    /** The etags of texts. */
    public static SortedMap<String, String> etags(SortedMap<String, String> texts) {
        var etags = new TreeMap<String, String>();
        texts.forEach((path, text) -> etags.put(path, etag(text)));
        return etags;
    }

    /** The etags of the files that are there. */
    public SortedMap<String, String> etags() {
        var etags = new TreeMap<String, String>();
        notes.forEach((path, note) -> {
            if (note.exists()) {
                etags.put(path, note.etag());
            }
        });
        return etags;
    }

    /** The name of what the whole draft says now, and of the base it is compared with. */
    public String etag() {
        var all = new StringBuilder(base.hash());
        etags().forEach((path, etag) ->
                all.append('\n').append(path).append(' ').append(etag));
        return etag(all.toString());
    }

    /** How many files are other ones than in the base, or are there in one of both only. */
    public int changed() {
        var now = etags();
        var paths = new TreeSet<>(now.keySet());
        paths.addAll(baseEtags.keySet());
        return (int) paths.stream()
                .filter(path -> !now.getOrDefault(path, "").equals(baseEtags.getOrDefault(path, "")))
                .count();
    }

    /** Who changed a file last, or made the draft. */
    public Note last() {
        return notes.values().stream()
                .max(Comparator.comparingLong(Note::atMillis))
                .filter(note -> note.atMillis() >= made.atMillis())
                .orElse(made);
    }
}
