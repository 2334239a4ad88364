package io.tappa.engine.merge;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One text as both sides began with it, and as each left it; null where it is not there.
 *
 * @param path the file that it is, or stands in
 */
record ThreeTexts(
        String path,
        @Nullable String base,
        @Nullable String ours,
        @Nullable String theirs) {
    /** Whether one text holds all that was changed. */
    boolean agree() {
        return Objects.equals(ours, theirs) || Objects.equals(ours, base) || Objects.equals(theirs, base);
    }

    /** That text; ours where there is none. */
    @Nullable
    String text() {
        return Objects.equals(ours, base) ? theirs : ours;
    }

    /** The text of one side. */
    @Nullable
    String of(Side side) {
        return side == Side.OURS ? ours : theirs;
    }

    Conflict conflict(String entry) {
        return new Conflict(path, entry, base, ours, theirs);
    }

    /** Whose text is to be taken for {@code entry}, or null where nobody said so. */
    @Nullable
    Side taken(String entry, Map<String, Side> take) {
        return take.get(Conflict.key(path, entry));
    }
}
