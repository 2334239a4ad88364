package io.tappa.engine.pack;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.fact.NewsAccumulator;
import io.tappa.engine.fact.Source;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.persona.Personas;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.DecisionFileReader;
import io.tappa.engine.rule.file.YamlNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notes moves that ask for news of products, by themselves or through a persona or segment: moves are made anew when an
 * event comes late, and the news of that moment are not kept.
 */
final class NewsInMoves {
    private final FactCatalog facts;
    private final Problems problems;
    private final Set<String> personas = new HashSet<>();
    private final Set<String> segments = new HashSet<>();

    NewsInMoves(FactCatalog facts, Personas named, Problems problems) {
        this.facts = facts;
        this.problems = problems;
        for (var persona : named.personas()) {
            if (asks(persona.alternatives())) {
                personas.add(persona.key());
            }
        }
        for (var segment : named.segments().inAskingOrder()) {
            if (asks(segment.alternatives())) {
                segments.add(segment.key());
            }
        }
    }

    /** Looks at {@code journeys}, which stand in {@code files}. */
    void check(List<Journey> journeys, List<YamlNode> files) {
        for (var journey : journeys) {
            for (var move : journey.moves()) {
                if (asks(move.alternatives())) {
                    note(place(journey, move.id(), files), "A move");
                }
            }
            if (asks(journey.entrance())) {
                note(place(journey, "enter if", files), "The entrance of a journey");
            }
        }
    }

    private void note(Place place, String who) {
        problems.error(
                "news-in-move",
                place,
                "%s cannot ask what happened to products: it must come out the same when an event arrives late."
                        .formatted(who),
                "Ask it in a decision rule, and let the journey look at what the visitor does.");
    }

    /** Where the conditions of a move stand, or another part of a journey. */
    private static Place place(Journey journey, String part, List<YamlNode> files) {
        for (var file : files) {
            var name = child(file, "journey");
            if (name == null || !name.text().equals(journey.key())) {
                continue;
            }
            var moves = child(file, "moves");
            for (var item : moves == null ? List.<YamlNode>of() : moves.items()) {
                if (part.equals(DecisionFileReader.idOf(item))) {
                    var condition = child(item, "if");
                    return (condition == null ? item : condition).place().inside(part);
                }
            }
            var other = child(file, part.equals(Journey.RESTART) ? "restarts on" : part);
            return (other == null ? file : other).place();
        }
        return Place.file(PackRoots.JOURNEYS);
    }

    private static @Nullable YamlNode child(YamlNode map, String key) {
        if (!map.isMap()) {
            return null;
        }
        return map.entries(new Problems(), "a map").entrySet().stream()
                .filter(entry -> entry.getKey().text().equals(key))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(null);
    }

    private boolean asks(Collection<Box> alternatives) {
        return alternatives.stream().map(Box::conditions).flatMap(List::stream).anyMatch(this::asks);
    }

    private boolean asks(Condition condition) {
        var source = condition.fact().source();
        if (source instanceof Source.FirstMatching first) {
            return !(first.segment() ? segments : personas).isEmpty();
        }
        if (source instanceof Source.Personas || source instanceof Source.Segments) {
            var known = source instanceof Source.Personas ? personas : segments;
            return condition.values() instanceof ValueSet.Words words
                    && words.words().stream().anyMatch(known::contains);
        }
        return isNews(condition.fact());
    }

    private boolean isNews(Fact fact) {
        if (fact.source() instanceof Source.UpTo upTo) {
            return isNews(facts.facts().get(upTo.ofIndex()));
        }
        return fact.source() instanceof Source.Gathered gathered && gathered.accumulator() instanceof NewsAccumulator;
    }
}
