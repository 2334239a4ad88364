package io.tappa.api.store;

import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.VisitorState;
import org.jspecify.annotations.Nullable;

/**
 * Where one id leads.
 *
 * @param id the id
 * @param holder the visitor its own place leads to; another than {@code key} where that one handed it over
 * @param key the visitor it leads to, its own place when it leads nowhere
 * @param state what is known there
 * @param known whether it leads to somebody, so that it cannot simply be given to another
 * @param moving set while that visitor is on the way into another
 * @param erasedMillis when somebody known by the id was erased, in milliseconds since 1970, or 0: events up to then stay
 *     out, whoever they would count for
 */
public record Lead(
        Identity id,
        VisitorKey holder,
        VisitorKey key,
        VisitorState state,
        boolean known,
        @Nullable Moving moving,
        long erasedMillis) {
    /** Whether a merge or a parting has to be finished before anything else happens here. */
    public boolean isUnfinished() {
        return moving != null || state.departing() != null;
    }
}
