package io.tappa.api.decision;

import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.visitor.VisitorState;

/** Decides for nobody, many times, before the first visitor comes: a cold JVM would spend the whole budget on itself. */
final class WarmUp {
    private static final int ROUNDS = 300;
    /** Any moment will do; nothing of it is kept. */
    private static final long MOMENT = 1_767_225_600_000L;

    private WarmUp() {}

    /** How many placements were decided, so that no compiler can leave the work out. */
    static int run(PackSnapshot pack) {
        int decided = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (var touchpoint : pack.touchpoints().all()) {
                var request = new DecisionRequest(
                        touchpoint, touchpoint.placements(), PackSnapshot.noContext(), MOMENT + round);
                var facts = pack.factsFor(VisitorState.UNSEEN, request.atMillis(), touchpoint.key(), request.context());
                var decision = Decider.decide(pack, Inputs.of(request, facts));
                decided +=
                        decision.digest().isEmpty() ? 0 : decision.placements().size();
            }
        }
        return decided;
    }
}
