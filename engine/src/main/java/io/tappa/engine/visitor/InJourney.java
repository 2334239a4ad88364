package io.tappa.engine.visitor;

import io.tappa.engine.identity.Identity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where a visitor is in one journey, and how they came there.
 *
 * @param history the newest {@value #MOST_ENTRIES} entries, oldest first, at least one
 * @param reached all stages ever entered since the journey began or began anew
 * @param sinceMillis when the present stage was entered, in milliseconds since 1970; earlier than the last entry where
 *     that one only joined profiles
 */
public record InJourney(List<Entry> history, SortedSet<String> reached, long sinceMillis) {
    /** Entries kept here; older ones are kept in a ledger beside the state. */
    public static final int MOST_ENTRIES = 50;

    public InJourney {
        history = List.copyOf(history);
        reached = Collections.unmodifiableSortedSet(new TreeSet<>(reached));
    }

    /**
     * One stage entered.
     *
     * @param stage the stage, or {@link Step#NOWHERE}
     * @param atMillis when, in milliseconds since 1970
     * @param event name of the event that led there
     * @param move id of the move, or {@code entry}
     * @param lane the id under which it happened
     */
    public record Entry(String stage, long atMillis, String event, String move, Identity lane) {
        private static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::atMillis);

        private Entry fused() {
            return new Entry(stage, atMillis, event, move, Identity.FUSED);
        }
    }

    /** A journey that has just begun. */
    static InJourney begun(Entry first) {
        return new InJourney(List.of(first), stages(first), first.atMillis());
    }

    private static SortedSet<String> stages(Entry entry) {
        var stages = new TreeSet<String>();
        if (!entry.stage().equals(Step.NOWHERE)) {
            stages.add(entry.stage());
        }
        return stages;
    }

    /** The present stage, or {@link Step#NOWHERE} after the journey was left. */
    public String stage() {
        return last().stage();
    }

    /** The last entry. */
    public Entry last() {
        return history.get(history.size() - 1);
    }

    /** Whether the visitor is in the journey, and has not left it. */
    public boolean isInside() {
        return !stage().equals(Step.NOWHERE);
    }

    InJourney plus(Entry entry) {
        var more = new ArrayList<>(history);
        more.add(entry);
        var stages = stages(entry);
        if (!entry.move().equals(Step.RESTART)) {
            stages.addAll(reached);
        }
        return new InJourney(newest(more), stages, entry.atMillis());
    }

    private static List<Entry> newest(List<Entry> entries) {
        return entries.subList(Math.max(0, entries.size() - MOST_ENTRIES), entries.size());
    }

    /**
     * Both histories as one. The present stage is the later of the two by {@code rank}; of the same stage the earlier
     * entry counts. Where that is not the last entry of both, one more entry says that profiles were joined.
     */
    InJourney join(InJourney other, ToIntFunction<String> rank) {
        var sorted = new ArrayList<>(history);
        sorted.addAll(other.history);
        sorted.sort(Entry.ORDER);
        var further = further(other, rank);
        var last = sorted.get(sorted.size() - 1);
        if (!last.stage().equals(further.stage())) {
            sorted.add(new Entry(further.stage(), last.atMillis(), last.event(), Step.JOINED, last.lane()));
        }
        var stages = new TreeSet<>(reached);
        stages.addAll(other.reached);
        return new InJourney(newest(sorted), stages, further.sinceMillis);
    }

    private InJourney further(InJourney other, ToIntFunction<String> rank) {
        int ours = rank.applyAsInt(stage());
        int theirs = rank.applyAsInt(other.stage());
        if (ours != theirs) {
            return ours > theirs ? this : other;
        }
        return sinceMillis <= other.sinceMillis ? this : other;
    }

    InJourney fused(Set<Identity> lanes) {
        var entries = history.stream()
                .map(entry -> lanes.contains(entry.lane()) ? entry.fused() : entry)
                .toList();
        return new InJourney(entries, reached, sinceMillis);
    }

    /**
     * What is left without the entries made under {@code lanes}, or null when nothing is. Where one of them led to the
     * present stage, the visitor is back in the stage before.
     */
    @Nullable
    InJourney without(Set<Identity> lanes) {
        return of(
                history.stream().filter(entry -> !lanes.contains(entry.lane())).toList());
    }

    /** What {@code lanes} did on their own, or null when they did nothing. */
    @Nullable
    InJourney of(Set<Identity> lanes) {
        return of(history.stream().filter(entry -> lanes.contains(entry.lane())).toList());
    }

    private @Nullable InJourney of(List<Entry> some) {
        var own =
                some.stream().filter(entry -> !entry.move().equals(Step.JOINED)).toList();
        if (own.isEmpty()) {
            return null;
        }
        var stages = new TreeSet<String>();
        own.forEach(entry -> stages.addAll(stages(entry)));
        var last = own.get(own.size() - 1);
        boolean same = last.equals(last());
        return new InJourney(own, stages, same ? sinceMillis : last.atMillis());
    }
}
