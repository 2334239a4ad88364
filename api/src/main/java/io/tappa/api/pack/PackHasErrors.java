package io.tappa.api.pack;

import io.tappa.engine.problem.Problem;
import java.util.List;

/** The service cannot start: its pack has errors, and there is no earlier version to fall back on. */
public final class PackHasErrors extends RuntimeException {
    private static final long serialVersionUID = 1;

    PackHasErrors(String source, List<Problem> problems) {
        super("%s cannot be served:%n%s".formatted(source, PackPublisher.inWords(problems)), null, false, false);
    }
}
