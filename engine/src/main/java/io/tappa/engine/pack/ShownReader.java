package io.tappa.engine.pack;

import io.tappa.engine.pack.Scenario.Answer;
import io.tappa.engine.pack.Scenario.NotShown;
import io.tappa.engine.pack.Scenario.Shown;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.touchpoint.Placement;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Reads where a scenario asks for a decision, and what should come out there. */
final class ShownReader {
    static final String NOTHING = "nothing";
    static final String SHOW = "show";
    static final String NOT = "not";
    /** All keys that say what should come out. */
    static final List<String> KEYS = List.of(SHOW, NOT, "because", "fallback");

    /** The filters at which an offer can be lost, in the order in which they are met, and the verdicts of those that have several. */
    private static final List<String> FILTERS = List.of(
            "conditions",
            "rule-dates",
            "offer-dates",
            "campaign-dates",
            "hours",
            "segment",
            "stock",
            "exclusion",
            "never-show",
            "paused",
            "dismissed",
            "consent",
            "consent:missing",
            "consent:denied",
            "consent:pending",
            "cap",
            "quiet-hours",
            "pressure",
            "content",
            "already-on-page",
            "budget",
            "codes",
            "outranked",
            "kept",
            "held-out",
            "experiment");

    private final Vocabulary words;
    private final Problems problems;
    private final @Nullable SortedSet<String> ruleIds;

    ShownReader(ScenarioGround ground, Problems problems) {
        this.words = ground.words();
        this.ruleIds = ground.rules();
        this.problems = problems;
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

    /** Whether {@code expected} says what should come out at a placement. */
    static boolean isSaid(Fields expected) {
        return expected.has(SHOW) || expected.has(NOT);
    }

    /**
     * What {@code show} or {@code not}, {@code because} and {@code fallback} say; {@code show: nothing} is nothing at all. Null
     * after noting that it cannot be read.
     */
    @Nullable
    Answer read(Fields expected) {
        if (expected.has(SHOW) && expected.has(NOT)) {
            problems.error(
                    "wrong-shape",
                    expected.placeOfKey(NOT),
                    "Either something should be shown, or something should not.",
                    "Keep either \"show\" or \"not\", or write two scenarios.");
            KEYS.forEach(expected::take);
            return null;
        }
        return expected.has(NOT) ? notShown(expected) : shown(expected);
    }

    private @Nullable Shown shown(Fields expected) {
        var show = expected.text(SHOW);
        var because = expected.text("because");
        Boolean fallback = expected.has("fallback") ? expected.yes("fallback", false) : null;
        if (!expected.has(SHOW)) {
            expected.missing(List.of(SHOW, NOT), "\"show\" is missing here.", "Add a line \"show: …\", or \"not: …\".");
        }
        if (show == null) {
            return null;
        }
        if (!show.equals(NOTHING)) {
            mustBeOffer(show, SHOW, expected);
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

    private @Nullable NotShown notShown(Fields expected) {
        var offer = expected.text(NOT);
        var because = expected.text("because");
        if (because != null && !FILTERS.contains(because)) {
            var nearest = Suggestion.nearest(because, FILTERS);
            problems.error(
                    "unknown-filter",
                    expected.placeOf("because"),
                    "There is no filter \"%s\".".formatted(because),
                    "%sThe filters are: %s."
                            .formatted(
                                    nearest == null ? "" : "Did you mean \"%s\"? ".formatted(nearest),
                                    String.join(", ", FILTERS)));
        }
        if (offer == null) {
            return null;
        }
        mustBeOffer(offer, NOT, expected);
        return new NotShown(offer, because);
    }

    private void mustBeOffer(String offer, String key, Fields expected) {
        if (words.offers().find(offer) == null) {
            problems.error(
                    "unknown-offer",
                    expected.placeOf(key),
                    "There is no offer \"%s\".".formatted(offer),
                    Suggestion.cure(offer, "offers", words.offers().keys()));
        }
    }
}
