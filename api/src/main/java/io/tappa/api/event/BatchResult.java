package io.tappa.api.event;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What became of a batch.
 *
 * @param accepted events counted
 * @param late those of them that came too late to move anybody; they count in the facts
 * @param duplicates events seen before
 * @param refused events not counted, by index
 * @param degraded what could not be done as asked, each said once
 */
public record BatchResult(int accepted, int late, int duplicates, List<Refusal> refused, List<String> degraded) {
    /** Nothing happened. */
    public static final BatchResult NOTHING = new BatchResult(0, 0, 0, List.of(), List.of());

    public BatchResult {
        refused =
                refused.stream().sorted(Comparator.comparingInt(Refusal::index)).toList();
        degraded = degraded.stream().distinct().sorted().toList();
    }

    BatchResult plus(BatchResult other) {
        var all = new ArrayList<>(refused);
        all.addAll(other.refused);
        var said = new ArrayList<>(degraded);
        said.addAll(other.degraded);
        return new BatchResult(accepted + other.accepted, late + other.late, duplicates + other.duplicates, all, said);
    }
}
