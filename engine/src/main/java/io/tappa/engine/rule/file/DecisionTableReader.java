package io.tappa.engine.rule.file;

import io.tappa.engine.condition.Box;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.Outcome;
import io.tappa.engine.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code decisions/*.csv}: a header of places and facts, then one rule a row; an empty cell means any. */
public final class DecisionTableReader {
    private static final List<String> OWN =
            List.of("id", "rule", "where", "stage", "reached", "verb", "offer", "priority", "weight", "from", "until");
    private static final List<String> REQUIRED = List.of("id", "verb", "offer");

    private final Vocabulary words;
    private final Problems problems;

    /** A reader of tables that use {@code words}. */
    public DecisionTableReader(Vocabulary words, Problems problems) {
        this.words = words;
        this.problems = problems;
    }

    /** The rules of the table that can be read; one broken row costs one rule. */
    public List<Rule> read(Table table) {
        var facts = header(table);
        if (facts == null) {
            return List.of();
        }
        if (table.rows().size() > DecisionFileReader.MOST_RULES) {
            problems.error(
                    "too-many-rules",
                    table.header().get(0).place(),
                    "The table has %,d rules; %,d are possible."
                            .formatted(table.rows().size(), DecisionFileReader.MOST_RULES),
                    "Split it into several files of the same folder.");
            return List.of();
        }
        var rules = new ArrayList<Rule>();
        for (var cells : table.rows()) {
            int before = problems.count();
            var row = new Row(table.header(), cells, facts);
            var rule = row.rule();
            problems.nameSince(before, row.text("id"));
            if (rule != null && !problems.hasErrorsSince(before)) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private @Nullable Map<Integer, Fact> header(Table table) {
        var facts = new HashMap<Integer, Fact>();
        var seen = new TreeSet<String>();
        var misspelt = new TreeSet<String>();
        boolean good = true;
        for (int column = 0; column < table.header().size(); column++) {
            var cell = table.header().get(column);
            if (!seen.add(cell.text())) {
                problems.error(
                        "duplicate-key",
                        cell.place(),
                        "The column \"%s\" stands here twice.".formatted(cell.text()),
                        "Keep one of them.");
                good = false;
            }
            if (OWN.contains(cell.text())) {
                continue;
            }
            var fact = words.facts().find(cell.text());
            if (fact == null) {
                var known = new TreeSet<>(words.facts().names());
                known.addAll(OWN);
                var meant = Suggestion.nearest(cell.text(), known);
                if (meant != null) {
                    misspelt.add(meant);
                }
                problems.error(
                        "unknown-fact",
                        cell.place(),
                        "There is no fact or column \"%s\".".formatted(cell.text()),
                        Suggestion.cure(cell.text(), "names", known));
                good = false;
            } else if (facts.containsValue(fact)) {
                problems.error(
                        "duplicate-key",
                        cell.place(),
                        "The column \"%s\" asks for the same fact as another one.".formatted(cell.text()),
                        "Keep one of them; a cell may join phrases with \"and\".");
                good = false;
            } else {
                facts.put(column, fact);
            }
        }
        for (var required : REQUIRED) {
            if (!seen.contains(required) && !misspelt.contains(required)) {
                problems.error(
                        "missing",
                        table.header().get(0).place(),
                        "The table has no column \"%s\".".formatted(required),
                        "Add it to the first row.");
            }
            good &= seen.contains(required);
        }
        return good ? facts : null;
    }

    /** One row on its way to becoming a rule. */
    private final class Row {
        private final Map<String, Table.Cell> named = new LinkedHashMap<>();
        private final Map<Fact, Table.Cell> asked = new LinkedHashMap<>();
        private final ConditionReader conditions;
        private final RuleFields fields;

        Row(List<Table.Cell> header, List<Table.Cell> cells, Map<Integer, Fact> facts) {
            for (int column = 0; column < cells.size(); column++) {
                var fact = facts.get(column);
                if (fact == null) {
                    named.put(header.get(column).text(), cells.get(column));
                } else {
                    asked.put(fact, cells.get(column));
                }
            }
            this.conditions = new ConditionReader(words.facts(), problems);
            this.fields = new RuleFields(words, problems);
        }

        String text(String column) {
            var cell = named.get(column);
            return cell == null ? "" : cell.text();
        }

        private @Nullable String orNull(String column) {
            var text = text(column);
            return text.isEmpty() ? null : text;
        }

        private Place place(String column) {
            var cell = named.get(column);
            return cell == null ? named.values().iterator().next().place() : cell.place();
        }

        @Nullable
        Rule rule() {
            var id = text("id");
            if (!Fields.isKey(id, place("id"), problems)) {
                return null;
            }
            var names = new LinkedHashMap<String, Place>();
            if (!text("where").isEmpty()) {
                for (var name : text("where").split("\\s*\\|\\s*", -1)) {
                    names.put(name, place("where"));
                }
            }
            var placements = fields.placements(names);
            var box = DecisionFileReader.touchpointsOf(placements, words);
            box = and(box, words.builtIn(Vocabulary.STAGE), named.get("stage"));
            box = and(box, words.builtIn(Vocabulary.REACHED), named.get("reached"));
            for (var entry : asked.entrySet()) {
                box = and(box, entry.getKey(), entry.getValue());
            }
            var outcome = outcome(placements);
            var zone = words.facts().zone();
            if (outcome == null) {
                return null;
            }
            return new Rule(
                    id,
                    text("rule").isEmpty() ? id : text("rule"),
                    RuleFields.priority(text("priority"), place("priority"), problems),
                    RuleFields.weight(text("weight"), place("weight"), problems),
                    RuleFields.from(orNull("from"), zone, place("from"), problems),
                    RuleFields.until(orNull("until"), zone, place("until"), problems),
                    List.of(box),
                    outcome,
                    place("id"));
        }

        private Box and(Box box, Fact fact, Table.@Nullable Cell cell) {
            if (cell == null || cell.text().isEmpty()) {
                return box;
            }
            var condition = conditions.condition(fact, cell.text(), cell.place());
            return condition == null ? box : box.and(new Box(List.of(condition)));
        }

        private @Nullable Outcome outcome(SortedSet<String> placements) {
            return switch (text("verb")) {
                case "show" -> fields.show(text("offer"), placements, place("offer"));
                case "never show" -> fields.neverShow(text("offer"), placements, place("offer"));
                default -> {
                    problems.error(
                            "unknown-verb",
                            place("verb"),
                            "\"%s\" is no verb.".formatted(text("verb")),
                            Suggestion.cure(text("verb"), "verbs", List.of("show", "never show")));
                    yield null;
                }
            };
        }
    }
}
