package io.tappa.engine.simulation;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.Source;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.Outcome;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.file.Vocabulary;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which facts matter where: of each rule and of each placement of a pack, those that may change what comes out, by index. */
final class Dependencies {
    private final PackSnapshot pack;
    private final SortedMap<String, SortedSet<Integer>> ofRules = new TreeMap<>();
    private final SortedMap<String, SortedSet<Integer>> ofPlacements = new TreeMap<>();

    Dependencies(PackSnapshot pack) {
        this.pack = pack;
        for (var rule : pack.decisions().rules()) {
            var asked = new TreeSet<Integer>();
            addAll(asked, rule.alternatives());
            ofRules.put(rule.id(), asked);
            var there = new TreeSet<>(asked);
            if (rule.outcome() instanceof Outcome.Show show) {
                add(there, show.offer());
            }
            rule.outcome().placements().forEach(placement -> at(placement).addAll(there));
        }
        for (var touchpoint : pack.touchpoints().all()) {
            for (var placement : touchpoint.placements()) {
                add(at(placement.fullName()), Objects.requireNonNullElse(placement.fallback(), ""));
            }
        }
    }

    /** Whether the conditions of {@code rule} ask for one of {@code facts}, perhaps by way of a persona or a segment. */
    boolean asks(Rule rule, Set<Integer> facts) {
        return ofRules.getOrDefault(rule.id(), new TreeSet<>()).stream().anyMatch(facts::contains);
    }

    /** Full names of the placements where {@code fact} matters. */
    SortedSet<String> placementsOf(Fact fact) {
        var names = new TreeSet<String>();
        ofPlacements.forEach((name, facts) -> {
            if (facts.contains(fact.index())) {
                names.add(name);
            }
        });
        return names;
    }

    private SortedSet<Integer> at(String placement) {
        return ofPlacements.computeIfAbsent(placement, name -> new TreeSet<>());
    }

    private void add(Set<Integer> asked, String key) {
        var offer = pack.offers().find(key);
        if (offer == null) {
            return;
        }
        offer.factsInTexts().forEach(fact -> add(asked, fact));
        var segment = offer.terms().segment();
        if (segment != null) {
            addGroups(asked, true, segment::equals);
        }
        var stage = pack.facts().find(Vocabulary.STAGE);
        if (stage != null && pack.settings().arbitration().propensity()) {
            asked.add(stage.index());
        }
    }

    private void addAll(Set<Integer> asked, List<Box> alternatives) {
        for (var box : alternatives) {
            for (var condition : box.conditions()) {
                add(asked, condition);
            }
        }
    }

    private void add(Set<Integer> asked, Condition condition) {
        Predicate<String> named =
                condition.values() instanceof Words listed ? listed.words()::contains : anything -> true;
        if (condition.fact().source() instanceof Source.Personas) {
            addGroups(asked, false, named);
        } else if (condition.fact().source() instanceof Source.Segments) {
            addGroups(asked, true, named);
        } else {
            add(asked, condition.fact());
        }
    }

    private void add(Set<Integer> asked, Fact fact) {
        if (fact.source() instanceof Source.UpTo upTo) {
            asked.add(upTo.ofIndex());
        } else if (fact.source() instanceof Source.FirstMatching first) {
            addGroups(asked, first.segment(), anything -> true);
        } else {
            asked.add(fact.index());
        }
    }

    /** Segments never ask for each other in a circle, and personas for neither. */
    private void addGroups(Set<Integer> asked, boolean segments, Predicate<String> named) {
        if (segments) {
            pack.segments().segments().stream()
                    .filter(segment -> named.test(segment.key()))
                    .forEach(segment -> addAll(asked, segment.alternatives()));
        } else {
            pack.personas().personas().stream()
                    .filter(persona -> named.test(persona.key()))
                    .forEach(persona -> addAll(asked, persona.alternatives()));
        }
    }
}
