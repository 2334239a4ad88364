package io.tappa.api.store;

import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.Merge;
import io.tappa.engine.visitor.VisitorState;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a visitor lives.
 *
 * @param key the visitor
 * @param state what is known, or {@link VisitorState#UNSEEN}
 */
public record Home(VisitorKey key, VisitorState state) {
    /** The visitor's own place first, then those of visitors who were joined to it, each once. */
    public List<VisitorKey> places() {
        return Stream.concat(Stream.of(key), state.merges().stream().map(Merge::other))
                .distinct()
                .toList();
    }
}
