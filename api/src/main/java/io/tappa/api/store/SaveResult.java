package io.tappa.api.store;

import io.tappa.engine.visitor.VisitorState;

/** What became of a write. */
public sealed interface SaveResult {
    /** It is stored. */
    record Saved(VisitorState state) implements SaveResult {}

    /** Somebody was faster; {@code current} is what they wrote, so no second read is needed. */
    record Lost(VisitorState current) implements SaveResult {}

    /** The visitor moved elsewhere meanwhile; it must be located again. */
    record Moved() implements SaveResult {}
}
