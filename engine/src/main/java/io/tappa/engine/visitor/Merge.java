package io.tappa.engine.visitor;

import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two visitors found to be one person.
 *
 * @param id names the merge
 * @param other the visitor that came in; in the state of one who was lifted out again, the visitor left behind
 * @param ids the ids that came in with it; none once it was undone
 * @param atMillis when, in milliseconds since 1970
 * @param because what showed that they are one, such as the message id of the event; empty once it was undone
 * @param undoneMillis when it was undone, or null; the two never merge by themselves again
 */
public record Merge(
        String id,
        VisitorKey other,
        List<Identity> ids,
        long atMillis,
        String because,
        @Nullable Long undoneMillis) {
    public Merge {
        ids = List.copyOf(ids);
    }

    /** The same, undone: it no longer tells anything of those who left. */
    public Merge undone(long millis) {
        return new Merge(id, other, List.of(), atMillis, "", millis);
    }

    /** The same, which nobody can undo any more. */
    public Merge forGood() {
        return new Merge(id, other, List.of(), atMillis, because, undoneMillis);
    }

    /** Whether it can be undone. */
    public boolean canBeUndone() {
        return holds() && !ids.isEmpty();
    }

    /** Whether it still holds. */
    public boolean holds() {
        return undoneMillis == null;
    }
}
