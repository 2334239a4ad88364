package io.tappa.api.store;

import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.VisitorState;
import java.util.List;

/**
 * Where the visitor behind some ids lives.
 *
 * @param key the visitor
 * @param state what is known, or {@link VisitorState#UNSEEN}
 * @param unlinked those of the ids that do not lead there yet
 */
public record Home(VisitorKey key, VisitorState state, List<Identity> unlinked) {
    public Home {
        unlinked = List.copyOf(unlinked);
    }
}
