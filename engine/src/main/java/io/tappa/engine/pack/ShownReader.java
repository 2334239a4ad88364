package io.tappa.engine.pack;

import io.tappa.engine.pack.Scenario.Shown;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.touchpoint.Placement;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads where a scenario asks for a decision, and what should be shown there. */
final class ShownReader {
    static final String NOTHING = "nothing";

    private final Vocabulary words;
    private final Problems problems;
    private final @Nullable SortedSet<String> ruleIds;

    /** A reader of what {@code rules} should show; null when some could not be read, so that any may be meant. */
    ShownReader(Vocabulary words, @Nullable List<Rule> rules, Problems problems) {
        this.words = words;
        this.problems = problems;
        this.ruleIds =
                rules == null ? null : rules.stream().map(Rule::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The placement that {@code where} names, or null after noting that there is none. */
    @Nullable
    Placement placement(@Nullable String where, Fields fields) {
        var placement = where == null ? null : words.touchpoints().placement(where);
        if (where != null && placement == null) {
            problems.error(
                    "unknown-placement",
                    fields.placeOf("where"),
                    "There is no placement \"%s\".".formatted(where),
                    Suggestion.cure(where, "names", words.touchpoints().names()));
        }
        return placement;
    }

    /** What {@code show}, {@code because} and {@code fallback} say; {@code show: nothing} is nothing at all. */
    Shown read(String show, Fields expected) {
        var because = expected.text("because");
        Boolean fallback = expected.has("fallback") ? expected.yes("fallback", false) : null;
        if (!show.equals(NOTHING) && words.offers().find(show) == null) {
            problems.error(
                    "unknown-offer",
                    expected.placeOf("show"),
                    "There is no offer \"%s\".".formatted(show),
                    Suggestion.cure(show, "offers", words.offers().keys()));
        }
        if (because != null && ruleIds != null && !ruleIds.contains(because)) {
            problems.error(
                    "unknown-rule",
                    expected.placeOf("because"),
                    "There is no rule \"%s\".".formatted(because),
                    Suggestion.cure(because, "rules", ruleIds));
        }
        return new Shown(show.equals(NOTHING) ? null : show, because, fallback);
    }
}
