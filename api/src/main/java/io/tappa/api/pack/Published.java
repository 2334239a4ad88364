package io.tappa.api.pack;

import io.tappa.api.store.Release;
import io.tappa.engine.pack.PackResult;
import org.jspecify.annotations.Nullable;

/**
 * What came of publishing.
 *
 * @param result what checking the files gave
 * @param release as which release they are live; null where they have errors
 * @param replaced hash of what stood in the folder and was not live; kept under it, or null where nothing was lost
 */
record Published(
        PackResult result,
        @Nullable Release release,
        @Nullable String replaced) {}
