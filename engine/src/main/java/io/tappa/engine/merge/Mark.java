package io.tappa.engine.merge;

/**
 * Where a piece of a file stands.
 *
 * @param section the top-level key it stands under, or is; empty in tables
 * @param id the entry under that key; empty for the key itself
 * @param frame whether it is no entry, but what entries stand under
 * @param first its first line, from 0, without comments above
 * @param last its last line
 * @param indent how many spaces it is indented; -1 in tables, which have no comments
 */
record Mark(String section, String id, boolean frame, int first, int last, int indent) {
    /** Whether lines that begin with a hash are comments. */
    boolean hasComments() {
        return indent >= 0;
    }
}
