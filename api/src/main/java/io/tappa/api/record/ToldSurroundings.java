package io.tappa.api.record;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which surroundings a stream of records told, by their hash, so that each comes before the first record that names it. Only
 * {@value #MOST} are remembered, since each may be large: with one more all before are forgotten, by who writes and by who
 * reads at the same line, and those named again are told again. Not for several threads.
 *
 * @param <T> what is remembered of each
 */
public final class ToldSurroundings<T> {
    /** How many are remembered. */
    public static final int MOST = 128;

    private final Map<String, T> told = new HashMap<>();

    /** Remembers {@code what} of the surroundings {@code hash}. */
    public void add(String hash, T what) {
        if (told.size() == MOST && !told.containsKey(hash)) {
            told.clear();
        }
        told.put(hash, what);
    }

    /** What is remembered of the surroundings {@code hash}, or null where nothing is. */
    public @Nullable T find(String hash) {
        return told.get(hash);
    }
}
