package io.tappa.engine.decision;

import io.tappa.engine.fact.Fact;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts people by where an offer is lost for them; for one thread. */
public final class Histogram {
    private static final Comparator<Bar> LONGEST_FIRST =
            Comparator.comparingLong(Bar::people).reversed().thenComparing(bar -> Steps.place(bar.filter()));

    private final SortedMap<String, Long> lost = new TreeMap<>();
    private final SortedMap<Fact, Long> missing = new TreeMap<>(Comparator.comparingInt(Fact::index));
    private long people;

    /**
     * The people for whom an offer loses at one filter.
     *
     * @param filter name of the filter, or of another step of a decision such as {@code outranked}
     * @param people how many
     * @param missing the fact that keeps most of them from the nearest rule; null unless they miss the conditions of rules
     * @param withoutIt how many of them it keeps away
     */
    public record Bar(String filter, long people, @Nullable Fact missing, long withoutIt) {}

    /** Counts one more person. */
    public void add(Fate fate) {
        people++;
        var verdict = fate.lost();
        if (verdict != null) {
            lost.merge(Steps.of(verdict), 1L, Long::sum);
            fate.missing().forEach(fact -> missing.merge(fact, 1L, Long::sum));
        }
    }

    /** How many people were counted. */
    public long people() {
        return people;
    }

    /** How many of them get to see the offer. */
    public long shown() {
        return people - lost.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One bar for each filter at which somebody loses, the longest first; equal ones as candidates meet the filters. */
    public List<Bar> bars() {
        return lost.entrySet().stream().map(this::bar).sorted(LONGEST_FIRST).toList();
    }

    private Bar bar(Map.Entry<String, Long> counted) {
        Fact most = null;
        if (counted.getKey().equals(Steps.CONDITIONS)) {
            for (var fact : missing.entrySet()) {
                most = most == null || fact.getValue() > missing.getOrDefault(most, 0L) ? fact.getKey() : most;
            }
        }
        return new Bar(counted.getKey(), counted.getValue(), most, most == null ? 0 : missing.getOrDefault(most, 0L));
    }
}
