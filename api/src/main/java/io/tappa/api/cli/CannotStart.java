package io.tappa.api.cli;

import io.tappa.api.embedded.EmbeddedRedisException;
import io.tappa.api.pack.PackHasErrors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says in a few lines why the service does not start, where a person can mend it; no stack trace then. */
final class CannotStart implements FailureAnalyzer {
    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause != null && !isForPeople(cause)) {
            cause = cause.getCause();
        }
        return cause == null ? null : new FailureAnalysis(cause.getMessage(), null, cause);
    }

    private static boolean isForPeople(Throwable cause) {
        return cause instanceof EmbeddedRedisException || cause instanceof PackHasErrors;
    }
}
