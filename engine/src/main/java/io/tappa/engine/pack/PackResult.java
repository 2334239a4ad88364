package io.tappa.engine.pack;

import io.tappa.engine.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the files of a pack.
 *
 * @param snapshot the compiled pack, or null when there were errors
 * @param problems all errors and warnings, in the order of the files
 */
public record PackResult(@Nullable PackSnapshot snapshot, List<Problem> problems) {
    public PackResult {
        problems = List.copyOf(problems);
    }
}
