package io.tappa.engine.advice;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.Source;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.persona.Persona;
import io.tappa.engine.persona.Segment;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.rule.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds offers that nothing shows, and facts that nothing asks for. */
final class Unused {
    private static final String OFFERS = "offers.yaml";
    private static final String FACTS = "facts.yaml";

    private final PackSnapshot pack;
    private final NamePlaces names;
    private final Problems problems;

    Unused(PackSnapshot pack, NamePlaces names, Problems problems) {
        this.pack = pack;
        this.names = names;
        this.problems = problems;
    }

    void check() {
        var shown = shown();
        for (var offer : names.names(OFFERS)) {
            if (!shown.contains(offer)) {
                problems.warning(
                        "unused-offer",
                        names.in(OFFERS, offer),
                        "Nothing shows the offer %s: no rule, no fallback, no experiment.".formatted(offer),
                        "Write a rule that shows it, or remove it.");
            }
        }
        var asked = asked();
        for (var name : names.names(FACTS)) {
            var fact = pack.facts().find(name);
            if (fact != null && !asked.contains(fact.index())) {
                problems.note(
                        "unused-fact",
                        names.in(FACTS, name),
                        "No rule, move, persona, segment or text asks for %s; it is gathered all the same."
                                .formatted(fact.label()),
                        "Keep it if you want to look at it or ask for it soon; else remove it.");
            }
        }
    }

    private Set<String> shown() {
        var rules = pack.decisions().rules().stream()
                .map(Rule::outcome)
                .filter(Show.class::isInstance)
                .map(outcome -> ((Show) outcome).offer());
        var fallbacks = pack.touchpoints().all().stream()
                .flatMap(touchpoint -> touchpoint.placements().stream())
                .map(placement -> Objects.requireNonNullElse(placement.fallback(), ""));
        var tried = pack.programme().experiments().all().stream()
                .flatMap(experiment -> experiment.treatment().shows().values().stream());
        return Stream.of(rules, fallbacks, tried).flatMap(offers -> offers).collect(Collectors.toSet());
    }

    /** Indexes of all facts that matter to anything. */
    private Set<Integer> asked() {
        var alternatives = Stream.of(
                        pack.decisions().rules().stream().map(Rule::alternatives),
                        pack.moves().rules().stream().map(Rule::alternatives),
                        pack.personas().personas().stream().map(Persona::alternatives),
                        pack.segments().segments().stream().map(Segment::alternatives))
                .flatMap(boxes -> boxes)
                .flatMap(List::stream)
                .map(Box::conditions)
                .flatMap(List::stream)
                .map(Condition::fact);
        var asked = new HashSet<Integer>();
        var inTexts = pack.offers().all().stream().flatMap(Offer::factsInTexts);
        Stream.concat(alternatives, inTexts).forEach(fact -> add(fact, asked));
        return asked;
    }

    private void add(Fact fact, Set<Integer> asked) {
        if (asked.add(fact.index()) && fact.source() instanceof Source.UpTo upTo) {
            add(pack.facts().facts().get(upTo.ofIndex()), asked);
        }
    }
}
