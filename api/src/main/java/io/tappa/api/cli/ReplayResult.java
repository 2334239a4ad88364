package io.tappa.api.cli;

import io.tappa.api.cli.RecordedVersions.LeftOut;
import io.tappa.engine.simulation.ReplayReport;
import java.util.SortedMap;

/**
 * What a replay of a service's decisions gave.
 *
 * @param live the version that is live there
 * @param versions how many decisions of each version were decided again
 * @param leftOut how many could not be, by what is wrong with them
 * @param unsampled how many the sample left out
 * @param report what would change
 */
record ReplayResult(
        String live,
        SortedMap<String, Long> versions,
        SortedMap<LeftOut, Long> leftOut,
        long unsampled,
        ReplayReport report) {
    /** How many were left out for {@code reason}. */
    long leftOut(LeftOut reason) {
        return leftOut.getOrDefault(reason, 0L);
    }
}
