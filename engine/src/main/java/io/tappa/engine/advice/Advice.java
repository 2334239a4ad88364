package io.tappa.engine.advice;

import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.problem.Problems;
import java.util.List;

/**
 * What the author of a pack without errors may want to look at at a certain moment: what has ended or will soon, what nobody
 * uses, where a stage is shown nothing, and what the contact policy does better than a rule.
 */
public final class Advice {
    private Advice() {}

    /** Warnings and notes about {@code pack}, made of {@code files}, at {@code nowMillis}. */
    public static List<Problem> of(PackFiles files, PackSnapshot pack, long nowMillis) {
        var problems = new Problems();
        var names = new NamePlaces(files);
        new Endings(pack, names, nowMillis, problems).check();
        new StageGaps(pack, names, nowMillis, problems).check();
        new PolicyInRules(pack, problems).check();
        new Unused(pack, names, problems).check();
        return problems.all();
    }
}
