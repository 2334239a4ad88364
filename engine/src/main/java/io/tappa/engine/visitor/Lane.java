package io.tappa.engine.visitor;

import io.tappa.engine.fact.ArrivalAccumulator;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.identity.VisitorKey;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was gathered under one id, apart from the others, so that it can be lifted out again.
 *
 * @param joinedMillis when a merge brought it to this visitor, in milliseconds since 1970; 0 if it was always here
 * @param proven whether somebody who may speak for the id said that it belongs here
 * @param handedOver where the id leads by now, or null while it leads here
 * @param events how many events are folded into it
 * @param cells what was gathered, by slot
 */
public record Lane(
        long joinedMillis, boolean proven, @Nullable HandOver handedOver, long events, SortedMap<Integer, Cell> cells) {
    /** Nothing gathered yet, under an id that anybody may have sent. */
    public static final Lane EMPTY = new Lane(0, false, null, 0, new TreeMap<>());

    public Lane {
        cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
    }

    /**
     * An id that went to another visitor, such as a browser on which somebody else signed in; what happened before stays.
     *
     * @param to the visitor it leads to
     * @param atMillis when, in milliseconds since 1970
     */
    public record HandOver(VisitorKey to, long atMillis) {}

    /** The same, of an id whose first event arrived at {@code receivedMillis}. */
    public Lane begun(long receivedMillis) {
        var begun = new TreeMap<>(cells);
        begun.put(ArrivalAccumulator.SLOT, ArrivalAccumulator.cell(receivedMillis));
        return with(events, begun);
    }

    /** Whether it is known when its first event arrived. */
    public boolean hasBegun() {
        return cells.containsKey(ArrivalAccumulator.SLOT);
    }

    /** The same with what was gathered by now. */
    public Lane with(long counted, SortedMap<Integer, Cell> gathered) {
        return new Lane(joinedMillis, proven, handedOver, counted, gathered);
    }

    /** The same, proven. */
    public Lane prove() {
        return proven ? this : new Lane(joinedMillis, true, handedOver, events, cells);
    }

    /** The same, leading elsewhere; null brings it back. */
    public Lane handOver(@Nullable HandOver handOver) {
        return new Lane(joinedMillis, proven, handOver, events, cells);
    }
}
