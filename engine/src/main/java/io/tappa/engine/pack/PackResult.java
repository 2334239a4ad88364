package io.tappa.engine.pack;

import io.tappa.engine.problem.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of the files of a pack.
 *
 * @param snapshot the compiled pack, or null when there were errors
 * @param problems all that is to be said, in the order of the files
 */
public record PackResult(@Nullable PackSnapshot snapshot, List<Problem> problems) {
    public PackResult {
        problems = List.copyOf(problems);
    }

    /** The same, with {@code more} to say. */
    public PackResult with(List<Problem> more) {
        return new PackResult(
                snapshot, Stream.concat(problems.stream(), more.stream()).toList());
    }
}
