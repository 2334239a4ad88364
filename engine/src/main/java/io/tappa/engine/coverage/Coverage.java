package io.tappa.engine.coverage;

import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pack.Scenario;
import io.tappa.engine.rule.PlainRuleSet;
import io.tappa.engine.simulation.ScenarioRun;
import io.tappa.engine.touchpoint.Placement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How well the scenarios of a pack hold its decision rules in place: which of their borders could not be moved without some
 * scenario coming out otherwise than expected.
 *
 * @param proofs every border of every decision rule, in the order of the rules
 */
public record Coverage(List<Proof> proofs) {
    /**
     * A border, and what holds it.
     *
     * @param border the border
     * @param by the author's sentence of the first scenario that would come out otherwise, or null where it might be moved unnoticed
     */
    public record Proof(Border border, @Nullable String by) {
        /** Whether a scenario holds it. */
        public boolean isProven() {
            return by != null;
        }
    }

    public Coverage {
        proofs = List.copyOf(proofs);
    }

    /** What scenarios that ran on {@code pack} prove; one that did not come out as expected proves nothing. */
    public static Coverage of(PackSnapshot pack, List<ScenarioRun> runs) {
        var good = runs.stream()
                .filter(ScenarioRun::passed)
                .map(ScenarioRun::scenario)
                .toList();
        var nobody = pack.facts().assume(Collections.emptySortedMap(), Circumstances.at(0));
        var proofs = new ArrayList<Proof>();
        for (var rule : pack.decisions().rules()) {
            var placements = rule.outcome().placements();
            var asking = good.stream()
                    .filter(scenario -> !Collections.disjoint(placements(scenario), placements))
                    .toList();
            for (var border : Borders.of(nobody, rule)) {
                var mutated = mutated(pack, border);
                var by = asking.stream()
                        .filter(scenario -> !ScenarioRun.of(mutated, scenario).passed())
                        .findFirst();
                proofs.add(new Proof(border, by.map(Scenario::name).orElse(null)));
            }
        }
        return new Coverage(proofs);
    }

    /** The borders that no scenario holds. */
    public List<Border> unproven() {
        return proofs.stream()
                .filter(proof -> !proof.isProven())
                .map(Proof::border)
                .toList();
    }

    /** {@code pack} with a border of one rule elsewhere. */
    static PackSnapshot mutated(PackSnapshot pack, Border border) {
        var mutant = border.mutant();
        return pack.deciding(new PlainRuleSet(pack.decisions().rules().stream()
                .map(rule -> rule.id().equals(mutant.id()) ? mutant : rule)
                .toList()));
    }

    private static List<String> placements(Scenario scenario) {
        if (scenario instanceof Scenario.Visit visit) {
            return List.of(visit.placement().fullName());
        }
        return ((Scenario.Story) scenario)
                .scenes().stream()
                        .map(Scenario.Scene::placement)
                        .filter(Objects::nonNull)
                        .map(Placement::fullName)
                        .toList();
    }
}
