package io.tappa.api.imports;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a body, one after the other; may wait for more of the body to arrive. */
interface Rows {
    /** The next row, or null after the last one. */
    @Nullable
    Row next() throws IOException;
}
