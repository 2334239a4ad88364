package io.tappa.engine.visitor;

import io.tappa.engine.fact.AssignmentAccumulator;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.fact.ConsentAccumulator;
import io.tappa.engine.fact.ConsentCell;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision may know about a visitor: a checkpoint, and the recent events that are still being put in order.
 *
 * @param version grows by one with every event counted and every decision remembered; 0 was never stored. Its upper half is that
 *     of one life, see {@link #born}
 * @param lanes checkpoint of what was gathered, one lane for each id that joined
 * @param positions checkpoint of where the visitor is
 * @param window what is still being put in order
 * @param seen which events were counted
 * @param memory what is remembered of decisions
 * @param merges the newest {@value #MOST_MERGES} merges with other visitors, in the order in which they were made
 * @param armedMillis when the visitor is to be woken to look for time-outs, in milliseconds since 1970; 0 never
 * @param forgottenMillis events up to this moment were erased and stay out, in milliseconds since 1970; 0 if none
 * @param departing who was lifted out and has no place of their own yet, or null
 */
public record VisitorState(
        long version,
        SortedMap<Identity, Lane> lanes,
        Positions positions,
        Window window,
        SeenEvents seen,
        Memory memory,
        List<Merge> merges,
        long armedMillis,
        long forgottenMillis,
        @Nullable Departing departing) {
    /** Most merges that are remembered, and so can be undone. */
    public static final int MOST_MERGES = 50;
    /** Most lanes; of more ids some share one. */
    public static final int MOST_LANES = 20;
    /** Somebody never seen. */
    public static final VisitorState UNSEEN = new VisitorState(
            0, new TreeMap<>(), Positions.NONE, Window.EMPTY, SeenEvents.NONE, Memory.NONE, List.of(), 0, 0, null);

    public VisitorState {
        lanes = Collections.unmodifiableSortedMap(new TreeMap<>(lanes));
        merges = List.copyOf(merges);
    }

    /** Nobody, of whom events up to this moment were erased. */
    public static VisitorState forgotten(long version, long untilMillis) {
        return new VisitorState(
                version,
                UNSEEN.lanes,
                UNSEEN.positions,
                UNSEEN.window,
                UNSEEN.seen,
                UNSEEN.memory,
                List.of(),
                0,
                untilMillis,
                null);
    }

    /** Where the visitor is now, recent events and time-outs included. */
    public Positions now() {
        return window.conclude(this).now();
    }

    /** The id under which the newest event happened; time-outs after it count as that id's. */
    public Identity lastLane() {
        return window.lastLane(lanes);
    }

    /** How many events were counted; 0 is somebody never seen, though a decision may remember a cap. */
    public long events() {
        long events = window.recent().size();
        for (var lane : lanes.values()) {
            events += lane.events();
        }
        return events;
    }

    /** All that was gathered for {@code facts}, lanes joined and recent events included; not to be changed. */
    public Map<Integer, Cell> gathered(FactCatalog facts) {
        return window.conclude(this).gathered(facts);
    }

    /** What the visitor consented to under all ids, or null when nothing was said. */
    public @Nullable ConsentCell consents() {
        return window.conclude(this).consents();
    }

    /** What is left of this visitor once they are forgotten: what they denied, and which events stay out. */
    public VisitorState forgotten(long nextVersion) {
        var nobody = forgotten(nextVersion, forgottenMillis);
        var said = consents();
        var denied = said == null ? null : said.denials();
        return denied == null ? nobody : nobody.remembering(lastLane(), denied, 0);
    }

    /** The same state, which keeps events up to {@code untilMillis} out. */
    public VisitorState forgottenUntil(long untilMillis) {
        return new VisitorState(
                version, lanes, positions, window, seen, memory, merges, armedMillis, untilMillis, departing);
    }

    /**
     * The same state, which knows besides what was said under {@code id} before that came here at {@code joinedMillis}, or
     * always was here if 0.
     */
    public VisitorState remembering(Identity id, ConsentCell said, long joinedMillis) {
        var lane = lanes.getOrDefault(id, Lane.EMPTY);
        var cells = new TreeMap<>(lane.cells());
        cells.merge(ConsentAccumulator.SLOT, said, ConsentAccumulator::newest);
        var more = new TreeMap<>(lanes);
        more.put(
                id,
                new Lane(
                        Math.max(lane.joinedMillis(), joinedMillis),
                        lane.proven(),
                        lane.handedOver(),
                        lane.events(),
                        cells));
        return new VisitorState(
                version, more, positions, window, seen, memory, merges, armedMillis, forgottenMillis, departing);
    }

    /** The state that remembers {@code after}, one version on; of nobody nothing else is remembered. */
    public VisitorState with(Memory after) {
        var known = isLight() ? UNSEEN.lanes : lanes;
        return new VisitorState(
                version + 1, known, positions, window, seen, after, merges, armedMillis, forgottenMillis, departing);
    }

    /** The same state of somebody, which remembers what was drawn for them at {@code atMillis}: variation by experiment. */
    public VisitorState assigned(SortedMap<String, String> variations, long atMillis) {
        var id = lastLane();
        var lane = lanes.getOrDefault(id, Lane.EMPTY);
        var cells = new TreeMap<>(lane.cells());
        cells.merge(
                AssignmentAccumulator.SLOT,
                AssignmentAccumulator.of(variations, atMillis),
                AssignmentAccumulator::first);
        var more = new TreeMap<>(lanes);
        more.put(id, new Lane(lane.joinedMillis(), lane.proven(), lane.handedOver(), lane.events(), cells));
        return new VisitorState(
                version, more, positions, window, seen, memory, merges, armedMillis, forgottenMillis, departing);
    }

    /** The same version of the state, which remembers {@code heard} of what was decided. */
    public VisitorState hearing(Memory heard) {
        return new VisitorState(
                version, lanes, positions, window, seen, heard, merges, armedMillis, forgottenMillis, departing);
    }

    /** Whether this is nobody yet: no event, at most a cap. */
    public boolean isLight() {
        return events() == 0;
    }

    /** The person who signed in here and is still here, or null. */
    public @Nullable Identity userId() {
        for (var lane : lanes.entrySet()) {
            if (lane.getKey().kind() == IdKind.USER && lane.getValue().handedOver() == null) {
                return lane.getKey();
            }
        }
        return null;
    }

    /** An id that leads here for sure: the person's, or one that was not handed over. */
    public Identity ownId() {
        var user = userId();
        if (user != null) {
            return user;
        }
        for (var lane : lanes.entrySet()) {
            if (lane.getValue().handedOver() == null && lane.getKey().kind() != IdKind.FUSED) {
                return lane.getKey();
            }
        }
        return lanes.firstKey();
    }

    /** The state with another lane for {@code id}, one version on. */
    public VisitorState with(Identity id, Lane lane) {
        var changed = new TreeMap<>(lanes);
        changed.put(id, lane);
        return new VisitorState(
                version + 1, changed, positions, window, seen, memory, merges, armedMillis, forgottenMillis, departing);
    }

    /** The state with another window, one version on. */
    public VisitorState with(Window changed) {
        return new VisitorState(
                version + 1, lanes, positions, changed, seen, memory, merges, armedMillis, forgottenMillis, departing);
    }

    /** The same nobody, known by {@code id} from now on. */
    public VisitorState named(Identity id) {
        var named = new TreeMap<>(lanes);
        named.putIfAbsent(id, Lane.EMPTY);
        return new VisitorState(
                version, named, positions, window, seen, memory, merges, armedMillis, forgottenMillis, departing);
    }

    /** The same where {@code ids} share one of {@code fewer} lanes. */
    public VisitorState fused(SortedMap<Identity, Lane> fewer, Set<Identity> ids, List<Merge> left) {
        return new VisitorState(
                version,
                fewer,
                positions.fused(ids),
                window,
                seen,
                memory,
                left,
                armedMillis,
                forgottenMillis,
                departing);
    }

    /** Whether several ids share a lane. */
    public boolean hasFused() {
        return lanes.containsKey(Identity.FUSED);
    }

    /**
     * The same state as the beginning of a life: whoever comes back after they were forgotten never has a version that they had
     * before, so that what is left of it anywhere is known to be old.
     *
     * @param life any number; the same two only by chance
     */
    public VisitorState born(int life) {
        return new VisitorState(
                version + ((life & 0x7fffffffL) << Integer.SIZE),
                lanes,
                positions,
                window,
                seen,
                memory,
                merges,
                armedMillis,
                forgottenMillis,
                departing);
    }

    /** The version without the life: how often something was written. */
    public long writes() {
        return version & 0xffffffffL;
    }

    /** Whether it is kept anywhere, if only for a cap. */
    public boolean isKept() {
        return version > 0;
    }

    /** The state once those who were lifted out have a place of their own, one version on. */
    public VisitorState departed() {
        return new VisitorState(
                version + 1, lanes, positions, window, seen, memory, merges, armedMillis, forgottenMillis, null);
    }

    /** The state that still holds {@code leaving}, who has no place of their own yet. */
    public VisitorState departing(Departing leaving) {
        return new VisitorState(
                version, lanes, positions, window, seen, memory, merges, armedMillis, forgottenMillis, leaving);
    }

    /**
     * Somebody who was lifted out again, on the way to a place of their own.
     *
     * @param to that place
     * @param state what they take along
     */
    public record Departing(VisitorKey to, VisitorState state) {}

    /** Whether the visitor was once parted from {@code other}, so that only people may join them again. */
    public boolean partedFrom(VisitorKey other) {
        return merges.stream().anyMatch(merge -> !merge.holds() && merge.other().equals(other));
    }
}
