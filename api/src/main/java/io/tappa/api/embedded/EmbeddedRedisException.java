package io.tappa.api.embedded;

import org.jspecify.annotations.Nullable;

/** The embedded redis-server cannot be had; the message says why and what to do, and needs no stack trace beside it. */
public final class EmbeddedRedisException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedRedisException(String message) {
        this(message, null);
    }

    EmbeddedRedisException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
