package io.tappa.engine.merge;

import io.tappa.engine.pack.PackFiles;
import java.util.List;

/**
 * What became of a merge.
 *
 * @param files the files that hold the changes of both sides; where there are conflicts those files are as on our side
 * @param conflicts what somebody must decide, in the order of the files
 */
public record Merged(PackFiles files, List<Conflict> conflicts) {
    public Merged {
        conflicts = List.copyOf(conflicts);
    }
}
