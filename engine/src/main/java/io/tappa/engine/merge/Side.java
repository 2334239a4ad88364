package io.tappa.engine.merge;

/** Whose text is taken where both sides changed the same. */
public enum Side {
    OURS,
    THEIRS
}
