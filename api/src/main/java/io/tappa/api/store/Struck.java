package io.tappa.api.store;

import io.tappa.engine.identity.VisitorKey;

/**
 * Somebody who was forgotten and is yet to be struck from the archive.
 *
 * @param place where they were known
 * @param withId whether a visitor lived there, so that lines of that place's id go wherever they are
 * @param untilMillis decisions up to this moment go, in milliseconds since 1970
 */
public record Struck(VisitorKey place, boolean withId, long untilMillis) {}
