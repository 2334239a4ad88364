package io.tappa.api.store;

import io.tappa.api.store.Draft.Base;
import io.tappa.api.store.Draft.Note;
import io.tappa.engine.pack.PackFiles;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The drafts of a pack. Every write is done whole or not at all, and only where nobody else wrote what it would overwrite; sent
 * twice it changes nothing more.
 */
public interface DraftStore {
    /** Most drafts of one pack. */
    int MOST = 50;

    /** Largest draft, in bytes of all its texts: what may be published at once. */
    int LARGEST = 15_000_000;

    /**
     * A draft with its texts.
     *
     * @param files all of it
     */
    record Opened(Draft draft, PackFiles files) {}

    /**
     * That one file be another one.
     *
     * @param path which
     * @param expected etag of the text that it should have before, or empty where there should be no such file
     * @param text the new one, or null to delete it
     * @param by id of the key whose holder wishes it
     * @param atMillis when, in milliseconds since 1970
     */
    record Edit(String path, String expected, @Nullable String text, String by, long atMillis) {}

    /** What became of a write. */
    enum Outcome {
        DONE,
        NO_DRAFT,
        NO_FILE,
        /** Somebody else was faster; nothing is changed. */
        STALE,
        /** There is a draft of this name. */
        TAKEN,
        TOO_MANY_DRAFTS,
        TOO_MANY_FILES,
        TOO_LARGE
    }

    /**
     * What became of an edit.
     *
     * @param present who wrote, or deleted, what is there, where they were faster; null where nobody ever did
     */
    record Edited(Outcome outcome, @Nullable Note present) {}

    /** Names of all drafts. */
    Mono<SortedSet<String>> names();

    /** All drafts, by name. */
    Mono<List<Draft>> all();

    /** The draft of this name with its texts, or empty. One round trip. */
    Mono<Opened> find(String name);

    /** Makes a draft that holds {@code files}, those of its base; {@code TAKEN} or {@code TOO_MANY_DRAFTS} where it cannot be. */
    Mono<Outcome> make(String name, Base base, Note made, String message, PackFiles files);

    /** Changes one file; what is so already is done. One round trip. */
    Mono<Edited> edit(String name, Edit edit);

    /**
     * Makes {@code opened} hold {@code files} and compares it with {@code base} from now on, {@code STALE} where it was changed since it
     * was read. What becomes another one is noted as {@code change} tells.
     */
    Mono<Outcome> replace(Opened opened, Base base, SortedMap<String, String> baseEtags, Change change);

    /**
     * What a draft is to hold.
     *
     * @param files all of it
     * @param by id of the key whose holder wishes it
     * @param atMillis when, in milliseconds since 1970
     */
    record Change(PackFiles files, String by, long atMillis) {}

    /** Compares the draft with {@code base} from now on, whatever its texts are by now; {@code STALE} where its base is another by now. */
    Mono<Outcome> rebase(Draft draft, Base base, SortedMap<String, String> baseEtags);

    /** Deletes the draft; {@code STALE} where {@code revision} is given and it was changed since. */
    Mono<Outcome> remove(String name, @Nullable Long revision);
}
