package io.tappa.engine.rule.file;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.PhraseReader;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of an {@code if:} into alternatives, each a box of conditions that must all hold. */
public final class ConditionReader {
    private static final String ANY_OF = "any of";
    private static final Map<String, String> MACHINE_WORDS = Map.of(
            "atLeast", "at least ",
            "atMost", "at most ",
            "moreThan", "more than ",
            "lessThan", "less than ",
            "is", "",
            "not", "not ");

    private final FactCatalog facts;
    private final PhraseReader phrases;
    private final Problems problems;

    /** A reader of conditions over {@code facts}. */
    public ConditionReader(FactCatalog facts, Problems problems) {
        this.facts = facts;
        this.phrases = new PhraseReader(facts.zone(), problems);
        this.problems = problems;
    }

    /** The alternatives of {@code map}; what cannot be read was noted and is left out. */
    public List<Box> read(@Nullable YamlNode map) {
        if (map == null) {
            return List.of(Box.ANY);
        }
        var alternatives = List.of(Box.ANY);
        for (var entry : map.entries(problems, "conditions, one fact a line").entrySet()) {
            var next = entry.getKey().text().equals(ANY_OF)
                    ? anyOf(entry.getValue())
                    : List.of(box(condition(entry.getKey(), entry.getValue())));
            alternatives = combine(alternatives, next, entry.getKey().place());
        }
        return alternatives;
    }

    private List<Box> anyOf(YamlNode list) {
        if (!list.isList()) {
            problems.error(
                    "wrong-shape",
                    list.place(),
                    "\"any of\" needs a list of conditions.",
                    "Write it as: any of: [ { first fact: … }, { second fact: … } ].");
            return List.of();
        }
        var boxes = new ArrayList<Box>();
        list.items().forEach(item -> boxes.addAll(read(item)));
        return boxes;
    }

    /** All pairs of two alternatives; noted, and cut, when they become too many. */
    public List<Box> combine(List<Box> left, List<Box> right, Place place) {
        if ((long) left.size() * right.size() > Rule.MOST_ALTERNATIVES) {
            problems.error(
                    "too-many-alternatives",
                    place,
                    "The conditions have more than %d alternatives once they are written out."
                            .formatted(Rule.MOST_ALTERNATIVES),
                    "Split the rule into several.");
            return left;
        }
        var both = new ArrayList<Box>();
        for (var first : left) {
            for (var second : right) {
                both.add(checked(first.and(second), place));
            }
        }
        return both;
    }

    private Box checked(Box box, Place place) {
        for (var condition : box.conditions()) {
            if (condition.values().isEmptyFor(condition.fact())) {
                problems.error(
                        "impossible",
                        place,
                        "The conditions can never hold together: no value of \"%s\" fits them all."
                                .formatted(condition.fact().label()),
                        "Change or remove one of the conditions on \"%s\"."
                                .formatted(condition.fact().label()));
                return Box.ANY;
            }
        }
        return box;
    }

    private static Box box(@Nullable Condition condition) {
        return condition == null ? Box.ANY : new Box(List.of(condition));
    }

    private @Nullable Condition condition(YamlNode name, YamlNode value) {
        var fact = fact(name.text(), name.place());
        if (fact == null) {
            return null;
        }
        if (fact.isUnreadable()) {
            return null;
        }
        if (value.isMap()) {
            return machineForm(fact, value);
        }
        if (!value.isText()) {
            problems.error(
                    "wrong-shape",
                    value.place(),
                    "\"%s\" needs one phrase.".formatted(name.text()),
                    "Several words are joined by \"or\": Italy or France.");
            return null;
        }
        return condition(fact, value.text(), value.place());
    }

    /** The condition that {@code phrase} asks of {@code fact}, or null after noting why it cannot be read. */
    public @Nullable Condition condition(Fact fact, String phrase, Place place) {
        var values = fact.isUnreadable() ? null : phrases.read(fact, phrase, place);
        return values == null ? null : new Condition(fact, values);
    }

    /** The fact an author calls {@code name}, or null after noting that there is none. */
    public @Nullable Fact fact(String name, Place place) {
        var fact = facts.find(name);
        if (fact == null) {
            var known = new TreeSet<>(facts.names());
            known.add(ANY_OF);
            problems.error(
                    "unknown-fact",
                    place,
                    "There is no fact \"%s\".".formatted(name),
                    Suggestion.cure(name, "facts", known));
        }
        return fact;
    }

    private @Nullable Condition machineForm(Fact fact, YamlNode map) {
        ValueSet all = null;
        for (var entry : map.entries(problems, "a phrase").entrySet()) {
            var words = MACHINE_WORDS.get(entry.getKey().text());
            if (words == null) {
                problems.error(
                        "unknown-key",
                        entry.getKey().place(),
                        "\"%s\" means nothing here.".formatted(entry.getKey().text()),
                        Suggestion.cure(
                                entry.getKey().text(),
                                "possible keys",
                                MACHINE_WORDS.keySet().stream().sorted().toList()));
                return null;
            }
            var next = phrases.read(
                    fact, words + entry.getValue().text(), entry.getValue().place());
            if (next == null) {
                return null;
            }
            all = all == null ? next : all.and(next);
            if (all == null) {
                problems.error(
                        "wrong-phrase",
                        entry.getValue().place(),
                        "These phrases about \"%s\" cannot be joined.".formatted(fact.label()),
                        "Keep one of them.");
                return null;
            }
        }
        return all == null ? null : new Condition(fact, all);
    }
}
