package io.tappa.api.store;

import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.outcome.Tally;
import io.tappa.engine.transition.AnswerCounts;
import io.tappa.engine.transition.StageCounts;
import io.tappa.engine.visitor.SeenEvents.Seen;
import io.tappa.engine.visitor.VisitorState;
import java.util.Collection;
import java.util.List;

/**
 * All that one visitor's change writes, at once or not at all.
 *
 * @param key the visitor
 * @param before the state that was read; the write is lost when another one came in between
 * @param state the new state, or what is left where the visitor ends
 * @param counts how the journey counters change
 * @param answers answers to surveys that are counted with it
 * @param tally other counters that change with it
 * @param spilled event ids that no longer fit the state
 * @param log lines for the visitor's log
 * @param ledger moves that became final, as JSON
 * @param fused ids that are no longer told apart in the state
 * @param ends whether nothing else of the visitor is kept: no state, no log, no ledger, no timer
 */
public record VisitorWrite(
        VisitorKey key,
        VisitorState before,
        VisitorState state,
        StageCounts counts,
        AnswerCounts answers,
        Tally tally,
        List<Seen> spilled,
        List<LogLine> log,
        List<String> ledger,
        List<FusedId> fused,
        boolean ends) {
    public VisitorWrite {
        fused = List.copyOf(fused);
        spilled = List.copyOf(spilled);
        log = List.copyOf(log);
        ledger = List.copyOf(ledger);
    }

    /** A write that counts no answers, and tells all ids apart as before. */
    public VisitorWrite(
            VisitorKey key,
            VisitorState before,
            VisitorState state,
            StageCounts counts,
            List<Seen> spilled,
            List<LogLine> log,
            List<String> ledger,
            boolean ends) {
        this(key, before, state, counts, AnswerCounts.NONE, Tally.NONE, spilled, log, ledger, List.of(), ends);
    }

    /** The same write, the first of a life. */
    public VisitorWrite born(int life) {
        return new VisitorWrite(
                key, before, state.born(life), counts, answers, tally, spilled, log, ledger, fused, ends);
    }

    /** The same write, which counts these as well. */
    public VisitorWrite counting(AnswerCounts answered, Tally counted) {
        return new VisitorWrite(key, before, state, counts, answered, counted, spilled, log, ledger, fused, ends);
    }

    /** The same write, which remembers those of {@code known} ids that the state no longer tells apart. */
    public VisitorWrite fusing(Collection<FusedId> known) {
        if (!state.hasFused()) {
            return this;
        }
        var gone = known.stream()
                .filter(fused -> !state.lanes().containsKey(fused.id()))
                .toList();
        return new VisitorWrite(key, before, state, counts, answers, tally, spilled, log, ledger, gone, ends);
    }

    /** The end of {@code before}, of whom only {@code left} is kept: what they denied, and which events stay out. */
    public static VisitorWrite end(VisitorKey key, VisitorState before, VisitorState left, StageCounts counts) {
        return new VisitorWrite(key, before, left, counts, List.of(), List.of(), List.of(), true);
    }
}
