package io.tappa.engine.advice;

import io.tappa.engine.condition.Box;
import io.tappa.engine.fact.Source;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.touchpoint.Touchpoint;

/** Finds the stages of the pack's own journey for which no rule of a touchpoint has anything to show. */
final class StageGaps {
    private final PackSnapshot pack;
    private final NamePlaces names;
    private final long nowMillis;
    private final Problems problems;

    StageGaps(PackSnapshot pack, NamePlaces names, long nowMillis, Problems problems) {
        this.pack = pack;
        this.names = names;
        this.nowMillis = nowMillis;
        this.problems = problems;
    }

    void check() {
        var journey = pack.journey(pack.settings().journey());
        if (journey == null) {
            return;
        }
        for (var touchpoint : pack.touchpoints().all()) {
            if (!touchpoint.placements().isEmpty()) {
                journey.stages().forEach(stage -> check(touchpoint, stage.key()));
            }
        }
    }

    private void check(Touchpoint touchpoint, String stage) {
        if (pack.decisions().rules().stream().anyMatch(rule -> mayShow(rule, touchpoint, stage))) {
            return;
        }
        var purpose = touchpoint.purposes().get(stage);
        boolean hasFallback = touchpoint.placements().stream().anyMatch(placement -> placement.fallback() != null);
        if (purpose == null && hasFallback) {
            return;
        }
        problems.warning(
                "gap",
                names.in("touchpoints.yaml", touchpoint.key()),
                "At %s no rule has anything to show to people in the stage %s%s; they see %s."
                        .formatted(
                                touchpoint.key(),
                                stage,
                                purpose == null ? "" : ", where its purpose is \"%s\"".formatted(purpose),
                                hasFallback ? "the fallback" : "nothing"),
                "Write a rule for them, let a rule there ask for no stage%s."
                        .formatted(
                                purpose == null ? ", or give a placement a fallback" : ", or take the purpose away"));
    }

    private boolean mayShow(Rule rule, Touchpoint touchpoint, String stage) {
        return rule.untilMillis() > nowMillis
                && rule.outcome() instanceof Show show
                && touchpoint.placements().stream()
                        .anyMatch(placement -> show.placements().contains(placement.fullName()))
                && rule.alternatives().stream().anyMatch(box -> allows(box, touchpoint.key(), stage));
    }

    private boolean allows(Box box, String touchpoint, String stage) {
        return box.conditions().stream().allMatch(condition -> {
            var source = condition.fact().source();
            if (source instanceof Source.TouchpointKey) {
                return condition.values().holdsForWord(touchpoint);
            }
            return !(source instanceof Source.StageOf of
                            && of.journey().equals(pack.settings().journey()))
                    || condition.values().holdsForWord(stage);
        });
    }
}
