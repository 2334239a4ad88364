package io.tappa.api.privacy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.store.FusedId;
import io.tappa.api.store.LogLine;
import io.tappa.engine.decision.Sentences;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.visitor.Merge;
import io.tappa.engine.visitor.VisitorState;
import java.time.Instant;
import java.util.List;

/** What a person is told beside what the look-up shows: merges, ids that went elsewhere, what caps count, and all lines. */
final class Export {
    private static final String AT = "at";
    private static final String HAND_OVERS = "handOvers";

    private Export() {}

    /** What the state remembers; of those who were parted from this visitor nothing. */
    static void write(ObjectNode body, PackSnapshot pack, VisitorState state) {
        var merges = body.putArray("merges");
        state.merges().stream().filter(Merge::holds).forEach(merge -> write(merges.addObject(), merge));
        var handOvers = body.withArray(HAND_OVERS);
        FusedId.of(state).values().forEach(id -> write(handOvers, id));
        var shown = body.putArray("shown");
        state.memory().contacts().timesBySlot().forEach((slot, times) -> {
            var line = shown.addObject();
            line.put("cap", cap(pack, slot));
            var moments = line.putArray("times");
            times.forEach(time -> moments.add(moment(time)));
        });
    }

    /** Ids that are no longer told apart; some of them were handed over. */
    static void writeFused(ObjectNode body, List<FusedId> fused) {
        var ids = body.putArray("fusedIds");
        var handOvers = body.withArray(HAND_OVERS);
        fused.forEach(known -> {
            ids.addObject().put(known.id().kind().key(), known.id().value());
            write(handOvers, known);
        });
    }

    private static void write(ObjectNode line, Merge merge) {
        line.put(AT, moment(merge.atMillis()));
        line.put("because", merge.because());
        var ids = line.putArray("ids");
        merge.ids().forEach(id -> ids.addObject().put(id.kind().key(), id.value()));
    }

    private static void write(ArrayNode handOvers, FusedId known) {
        var handOver = known.handedOver();
        if (handOver != null) {
            handOvers
                    .addObject()
                    .put(known.id().kind().key(), known.id().value())
                    .put(AT, moment(handOver.atMillis()));
        }
    }

    private static String cap(PackSnapshot pack, int slot) {
        return pack.policy().caps().stream()
                .filter(cap -> cap.owns(slot))
                .findFirst()
                .map(Sentences.of(pack.settings())::cap)
                .orElse("a cap that is no longer in the pack");
    }

    private static String moment(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** All moves that became final, all events and all decisions. */
    static void write(ObjectNode body, List<LogLine> log, List<String> ledger) {
        var moves = body.putArray("moves");
        ledger.forEach(line -> moves.add(Body.parsed(line)));
        var events = body.putArray("events");
        var decisions = body.putArray("decisions");
        log.forEach(line -> (line.kind() == LogLine.Kind.EVENT ? events : decisions).add(Body.parsed(line.text())));
    }
}
