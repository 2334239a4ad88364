package io.tappa.engine.pack;

import io.tappa.engine.campaign.HoldBack;
import io.tappa.engine.experiment.Experiment;
import io.tappa.engine.fact.AssignmentAccumulator;
import io.tappa.engine.fact.AssignmentCell;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.fact.Cell.Moment;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.Source;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was drawn for one visitor: which variations of experiments, and from what they are held back.
 *
 * @param variations variation by experiment, of those that run now
 * @param heldBack keys of the campaigns whose offers are kept from them, and {@link #EVERYTHING} for all offers
 * @param fresh experiments whose variation is not remembered yet
 */
public record Lots(SortedMap<String, String> variations, SortedSet<String> heldBack, SortedSet<String> fresh) {
    /** Nothing was drawn. */
    public static final Lots NONE = new Lots(new TreeMap<>(), new TreeSet<>());
    /** Stands for all offers among what somebody is held back from; no campaign is called so. */
    public static final String EVERYTHING = "*";

    private static final String SALT = "everything";

    public Lots {
        variations = Collections.unmodifiableSortedMap(new TreeMap<>(variations));
        heldBack = Collections.unmodifiableSortedSet(new TreeSet<>(heldBack));
        fresh = Collections.unmodifiableSortedSet(new TreeSet<>(fresh));
    }

    /** What was drawn before, and is remembered. */
    public Lots(SortedMap<String, String> variations, SortedSet<String> heldBack) {
        this(variations, heldBack, new TreeSet<>());
    }

    /**
     * What is drawn for {@code unitKey} at a touchpoint: what is remembered among {@code cells} stays as it is, all else comes
     * from the hash of the key.
     */
    static Lots of(
            Programme programme,
            String unitKey,
            Map<Integer, Cell> cells,
            @Nullable String touchpoint,
            long nowMillis) {
        var known = cells.get(AssignmentAccumulator.SLOT) instanceof AssignmentCell assigned
                ? assigned.byExperiment()
                : new TreeMap<String, Moment>();
        var variations = new TreeMap<String, String>();
        var fresh = new TreeSet<String>();
        for (var experiment : programme.experiments().all()) {
            if (!experiment.runs(Instant.ofEpochMilli(nowMillis)) || !isAt(experiment, touchpoint)) {
                continue;
            }
            var kept = known.get(experiment.key());
            if (kept != null && experiment.split().keys().contains(kept.text())) {
                variations.put(experiment.key(), kept.text());
                continue;
            }
            var drawn = experiment.variation(unitKey);
            if (drawn != null) {
                variations.put(experiment.key(), drawn);
                fresh.add(experiment.key());
            }
        }
        return new Lots(variations, heldBack(programme, unitKey, nowMillis), fresh);
    }

    /** An experiment that replaces nothing is asked by rules, and those may be anywhere. */
    private static boolean isAt(Experiment experiment, @Nullable String touchpoint) {
        var where = experiment.treatment().where();
        return where.isEmpty() || where.stream().anyMatch(placement -> placement.startsWith(touchpoint + "."));
    }

    private static SortedSet<String> heldBack(Programme programme, String unitKey, long nowMillis) {
        var heldBack = new TreeSet<String>();
        if (holds(programme.holdBack(), unitKey)) {
            heldBack.add(EVERYTHING);
        }
        programme.campaigns().all().stream()
                .filter(campaign -> campaign.isOpen(nowMillis) && campaign.holdsBack(unitKey))
                .forEach(campaign -> heldBack.add(campaign.key()));
        return heldBack;
    }

    private static boolean holds(@Nullable HoldBack holdBack, String unitKey) {
        return holdBack != null && holdBack.holdout(SALT).holds(unitKey);
    }

    /** What is to be remembered, so that it stays as it is whatever becomes of the experiments' shares. */
    public SortedMap<String, String> toRemember() {
        var drawn = new TreeMap<>(variations);
        drawn.keySet().retainAll(fresh);
        return drawn;
    }

    /** Lets facts that ask for an experiment of this pack tell what was drawn. */
    FactValues fill(PackSnapshot pack, FactValues facts) {
        if (!variations.isEmpty()) {
            for (var fact : pack.facts().facts()) {
                var variation = fact.source() instanceof Source.Gathered gathered
                                && gathered.accumulator() instanceof AssignmentAccumulator asked
                        ? variations.get(asked.experiment())
                        : null;
                if (variation != null) {
                    facts.put(fact.index(), variation);
                }
            }
        }
        return facts;
    }
}
