package io.tappa.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.record.RecordReader;
import io.tappa.api.record.Recorded;
import io.tappa.api.record.SurroundingsJson;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.Surroundings;
import io.tappa.engine.pack.PackSnapshot;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts by hand what a draft changes of all that a service recorded; both packs have the same facts. */
final class Recount {
    private final SortedMap<String, Long> changedAt = new TreeMap<>();
    private final SortedMap<String, Long> swaps = new TreeMap<>();
    private long changed;

    static Recount of(Client client, PackSnapshot before, PackSnapshot draft) {
        var recount = new Recount();
        var reader = new RecordReader(before);
        var around = new TreeMap<String, Surroundings>();
        around.put("", Surroundings.NONE);
        client.lines("/v1/decisions").forEach(line -> {
            if (line.has("surroundings")) {
                var surroundings = SurroundingsJson.read((ObjectNode) line.path("surroundings"));
                around.put(line.path("surroundingsHash").asText(), surroundings);
            } else {
                var record = (ObjectNode) line.path("record");
                var surroundings = Objects.requireNonNull(around.get(Recorded.aroundOf(record)));
                recount.add(before, draft, reader.inputs(record, surroundings));
            }
        });
        return recount;
    }

    private void add(PackSnapshot before, PackSnapshot draft, Inputs inputs) {
        var touchpoint = Objects.requireNonNull(
                draft.touchpoints().find(inputs.request().touchpoint().key()));
        var request = new DecisionRequest(
                touchpoint,
                inputs.request().placements().stream()
                        .map(placement -> Objects.requireNonNull(touchpoint.placement(placement.key())))
                        .toList(),
                inputs.request().context(),
                inputs.request().atMillis());
        var was = Decider.decide(before, inputs).placements();
        var now = Decider.decide(
                        draft,
                        new Inputs(
                                request,
                                inputs.facts(),
                                inputs.memory(),
                                inputs.consents(),
                                inputs.lots(),
                                inputs.around()))
                .placements();
        boolean any = false;
        for (int i = 0; i < was.size(); i++) {
            var from = was.get(i).offer();
            var to = now.get(i).offer();
            if (!Objects.equals(from, to)) {
                any = true;
                changedAt.merge(touchpoint.key() + "." + was.get(i).placement(), 1L, Long::sum);
                swaps.merge(from + ">" + to, 1L, Long::sum);
            }
        }
        changed += any ? 1 : 0;
    }

    /** Decisions that would show something else. */
    long changed() {
        return changed;
    }

    /** Placements that would show something else. */
    SortedMap<String, Long> changedAt() {
        return changedAt;
    }

    /** Displays from one offer to another. */
    SortedMap<String, Long> swaps() {
        return swaps;
    }
}
