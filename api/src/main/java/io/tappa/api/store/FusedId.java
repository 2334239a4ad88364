package io.tappa.api.store;

import io.tappa.engine.identity.Identity;
import io.tappa.engine.visitor.Lane;
import io.tappa.engine.visitor.Lane.HandOver;
import io.tappa.engine.visitor.VisitorState;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An id of a visitor that its state no longer tells apart.
 *
 * @param id the id
 * @param handedOver where the id leads by now, or null while it leads to the visitor
 */
public record FusedId(Identity id, @Nullable HandOver handedOver) {
    /** All ids that {@code state} tells apart, as what they would be if it no longer did. */
    public static SortedMap<Identity, FusedId> of(VisitorState state) {
        var ids = new TreeMap<Identity, FusedId>();
        state.lanes().forEach((id, lane) -> ids.put(id, of(id, lane)));
        ids.remove(Identity.FUSED);
        return ids;
    }

    private static FusedId of(Identity id, Lane lane) {
        return new FusedId(id, lane.handedOver());
    }
}
