package io.tappa.api.embedded;

import java.io.IOException;

/** Redis answered, and the answer is an error. */
final class RespError extends IOException {
    private static final long serialVersionUID = 1L;

    RespError(String message) {
        super(message);
    }

    boolean isLoading() {
        return String.valueOf(getMessage()).startsWith("LOADING");
    }
}
