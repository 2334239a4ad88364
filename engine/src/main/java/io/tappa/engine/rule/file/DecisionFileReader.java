package io.tappa.engine.rule.file;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.Outcome;
import io.tappa.engine.rule.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code decisions/*.yaml}: a list of rules. */
public final class DecisionFileReader {
    /** Most rules in one file. */
    public static final int MOST_RULES = 2_000;

    private final Vocabulary words;
    private final Problems problems;
    private final ConditionReader conditions;
    private final RuleFields fields;

    /** A reader of rules that use {@code words}. */
    public DecisionFileReader(Vocabulary words, Problems problems) {
        this.words = words;
        this.problems = problems;
        this.conditions = new ConditionReader(words.facts(), problems);
        this.fields = new RuleFields(words, problems);
    }

    /** The rules of the file that can be read; one broken rule costs one rule. */
    public List<Rule> read(YamlNode root) {
        var file = new Fields(root, "\"rules:\" and a list", problems);
        var list = file.take("rules");
        if (list == null) {
            file.missing(List.of("rules"), "The file has no list of rules.", "Begin it with \"rules:\".");
        }
        file.finish();
        if (list == null || !list.isList()) {
            if (list != null) {
                problems.error(
                        "wrong-shape",
                        list.place(),
                        "\"rules\" needs a list.",
                        "Begin each rule with a hyphen: - id: …");
            }
            return List.of();
        }
        var items = list.items();
        if (items.size() > MOST_RULES) {
            problems.error(
                    "too-many-rules",
                    list.place(),
                    "The file has %,d rules; %,d are possible.".formatted(items.size(), MOST_RULES),
                    "Split it into several files of the same folder.");
            return List.of();
        }
        var rules = new ArrayList<Rule>();
        for (var item : items) {
            var rule = rule(item);
            if (rule != null) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private @Nullable Rule rule(YamlNode item) {
        int before = problems.count();
        var read = readRule(item);
        problems.nameSince(before, read == null ? idOf(item) : read.id());
        return problems.hasErrorsSince(before) ? null : read;
    }

    /** The id written in {@code item}, or null. */
    public static @Nullable String idOf(YamlNode item) {
        if (!item.isMap()) {
            return null;
        }
        return item.entries(new Problems(), "a rule").entrySet().stream()
                .filter(entry -> entry.getKey().text().equals("id"))
                .map(entry -> entry.getValue().text())
                .findFirst()
                .orElse(null);
    }

    private @Nullable Rule readRule(YamlNode item) {
        var rule = new Fields(item, "a rule", problems);
        var id = rule.key("id");
        var title = rule.text("rule");
        var placements = placements(rule.take("where"));
        var alternatives = alternatives(rule, placements);
        int priority = RuleFields.priority(rule.text("priority"), rule.placeOf("priority"), problems);
        int weight = RuleFields.weight(rule.text("weight"), rule.placeOf("weight"), problems);
        var zone = words.facts().zone();
        long from = RuleFields.from(rule.text("from"), zone, rule.placeOf("from"), problems);
        long until = RuleFields.until(rule.text("until"), zone, rule.placeOf("until"), problems);
        var outcome = outcome(rule, placements);
        rule.finish();
        if (id == null || outcome == null) {
            return null;
        }
        return new Rule(
                id, title == null ? id : title, priority, weight, from, until, alternatives, outcome, item.place());
    }

    private SortedSet<String> placements(@Nullable YamlNode where) {
        var names = new LinkedHashMap<String, Place>();
        if (where != null) {
            where.items().forEach(item -> names.put(item.text(), item.place()));
        }
        return fields.placements(names);
    }

    private List<Box> alternatives(Fields rule, SortedSet<String> placements) {
        var alternatives = List.of(touchpointsOf(placements, words));
        alternatives = and(alternatives, rule, "stage", Vocabulary.STAGE);
        alternatives = and(alternatives, rule, "reached", Vocabulary.REACHED);
        var asked = conditions.read(rule.take("if"));
        return conditions.combine(alternatives, asked, rule.placeOf("if"));
    }

    private List<Box> and(List<Box> alternatives, Fields rule, String key, String fact) {
        var value = rule.take(key);
        if (value == null) {
            return alternatives;
        }
        var phrase =
                String.join(" or ", value.items().stream().map(YamlNode::text).toList());
        var condition = conditions.condition(words.builtIn(fact), phrase, value.place());
        return condition == null
                ? alternatives
                : conditions.combine(alternatives, List.of(new Box(List.of(condition))), value.place());
    }

    /** The touchpoints of the placements as a condition, so that rules of other touchpoints are never looked at. */
    static Box touchpointsOf(SortedSet<String> placements, Vocabulary words) {
        var touchpoints = new TreeSet<String>();
        placements.forEach(placement -> touchpoints.add(placement.substring(0, placement.indexOf('.'))));
        if (touchpoints.isEmpty()) {
            return Box.ANY;
        }
        var fact = words.builtIn(Vocabulary.TOUCHPOINT);
        return new Box(List.of(new Condition(fact, new ValueSet.Words(touchpoints, false))));
    }

    private @Nullable Outcome outcome(Fields rule, SortedSet<String> placements) {
        var show = rule.text("show");
        var never = rule.text("never show");
        var cure = "Give it exactly one of \"show: …\" and \"never show: …\".";
        if (show != null && never != null) {
            problems.error("wrong-shape", rule.placeOfKey("never show"), "The rule says both.", cure);
            return null;
        }
        if (never != null) {
            return fields.neverShow(never, placements, rule.placeOf("never show"));
        }
        if (show != null) {
            return fields.show(show, placements, rule.placeOf("show"));
        }
        if (!rule.has("show") && !rule.has("never show")) {
            rule.missing(
                    List.of("show", "never show"), "The rule says neither what to show nor what never to show.", cure);
        }
        return null;
    }
}
