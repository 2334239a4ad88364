package io.tappa.engine.decision;

import io.tappa.engine.pack.PackSnapshot;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why somebody did not see an offer in a period: all decisions about it there, folded.
 *
 * @param asked what is asked
 * @param shown how often it was shown
 * @param lastShownMillis when last, in milliseconds since 1970; 0 for never
 * @param byFilter where it lost, by the name of the filter
 * @param notJudged decisions that cannot be made again, as what they depended on is not known any more; whether they were about the offer is not known either
 */
public record WhyNot(
        Asked asked, long shown, long lastShownMillis, SortedMap<String, Blocker> byFilter, long notJudged) {
    public WhyNot {
        byFilter = Collections.unmodifiableSortedMap(new TreeMap<>(byFilter));
    }

    /**
     * What is asked.
     *
     * @param offer key of the offer
     * @param fromMillis begin of the period, in milliseconds since 1970
     * @param toMillis its end, in milliseconds since 1970
     * @param placements full names of the placements where a rule shows the offer now
     */
    public record Asked(String offer, long fromMillis, long toMillis, List<String> placements) {
        public Asked {
            placements = List.copyOf(placements);
        }
    }

    /** No decision was looked at yet. */
    public static WhyNot nothing(Asked asked) {
        return new WhyNot(asked, 0, 0, new TreeMap<>(), 0);
    }

    /** The same with one more decision, which {@code pack} made of {@code inputs}; unchanged where the offer had no place in it. */
    public WhyNot plus(PackSnapshot pack, Inputs inputs, Decision decision) {
        var fate = Fate.of(pack, inputs, decision, asked.offer());
        if (fate == null) {
            return this;
        }
        var lost = fate.lost();
        if (lost == null) {
            return new WhyNot(asked, shown + 1, Math.max(lastShownMillis, fate.atMillis()), byFilter, notJudged);
        }
        var more = new TreeMap<>(byFilter);
        var filter = Steps.of(lost);
        more.merge(filter, Blocker.of(filter, fate), Blocker::plus);
        return new WhyNot(asked, shown, lastShownMillis, more, notJudged);
    }

    /** The same with one more decision that cannot be made again. */
    public WhyNot plusUnjudged() {
        return new WhyNot(asked, shown, lastShownMillis, byFilter, notJudged + 1);
    }

    /** How many decisions there were in which the offer had a place; those not judged are not among them. */
    public long decisions() {
        return shown + byFilter.values().stream().mapToLong(Blocker::decisions).sum();
    }

    /** Where it lost, the most frequent first; equal ones as candidates meet them. */
    public List<Blocker> blockers() {
        return byFilter.values().stream().sorted(Blocker.MOST_FREQUENT_FIRST).toList();
    }

    /** Whether there were decisions, and no rule ever matched. */
    boolean isNeverEligible() {
        return shown == 0 && byFilter.size() == 1 && byFilter.containsKey(Steps.CONDITIONS);
    }
}
