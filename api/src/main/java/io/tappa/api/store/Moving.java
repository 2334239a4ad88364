package io.tappa.api.store;

import io.tappa.engine.identity.VisitorKey;

/**
 * A visitor on the way into another; frozen, so that nothing is counted here that the other would not get.
 *
 * @param into the visitor it is joined to
 * @param atMillis when it was found that both are one person, in milliseconds since 1970
 * @param because what showed it
 */
public record Moving(VisitorKey into, long atMillis, String because) {}
