package io.tappa.api.store;

import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.VisitorState;

/**
 * Where a visitor lives.
 *
 * @param key the visitor
 * @param state what is known, or {@link VisitorState#UNSEEN}
 */
public record Home(VisitorKey key, VisitorState state) {}
