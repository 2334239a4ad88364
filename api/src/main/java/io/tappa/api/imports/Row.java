package io.tappa.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.store.ImportJobs.RefusedLine;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row of a body: its fields, or why it has none.
 *
 * @param line number of its first line, from 1
 * @param size its length in characters, roughly
 * @param fields what stands in it; absent fields are left out
 * @param refusal why nothing can be read from it
 */
record Row(
        long line,
        int size,
        @Nullable ObjectNode fields,
        @Nullable RefusedLine refusal) {
    static Row of(long line, int size, ObjectNode fields) {
        return new Row(line, size, fields, null);
    }

    static Row refused(long line, String code, String what, String cure) {
        return new Row(line, 0, null, new RefusedLine(line, code, "", what, cure));
    }

    /** Why nothing can be read from a row without fields. */
    RefusedLine why() {
        return Objects.requireNonNull(refusal);
    }
}
