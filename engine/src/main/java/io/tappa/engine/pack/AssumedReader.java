package io.tappa.engine.pack;

import io.tappa.engine.fact.Consent;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.pack.Scenario.Assumed;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a scenario assumes beside the facts of the visitor: pauses, consents, what was drawn and what was shown. */
final class AssumedReader {
    /** Keys of a scenario or of a visit in a story that say what holds for its decision. */
    static final List<String> KEYS = List.of("paused", "consent", "experiments", "held back");

    private static final String EVERYTHING = "everything";
    private static final List<String> ANSWERS =
            Arrays.stream(Status.values()).map(Status::key).toList();

    private final @Nullable Programme programme;
    private final PausedReader paused;
    private final ShownBeforeReader shownBefore;
    private final Problems problems;

    AssumedReader(ScenarioGround ground, Problems problems) {
        this.programme = ground.programme();
        this.paused = new PausedReader(ground, problems);
        this.shownBefore = new ShownBeforeReader(ground.words(), problems);
        this.problems = problems;
    }

    /** What {@code fields} assume of a decision at {@code atMillis}. */
    Assumed read(Fields fields, long atMillis) {
        return read(fields, atMillis, new TreeMap<>());
    }

    /** The same, and what was shown before. */
    Assumed readWithShown(Fields fields, long atMillis) {
        return read(fields, atMillis, shownBefore.read(fields, atMillis));
    }

    private Assumed read(Fields fields, long atMillis, SortedMap<String, List<Long>> shown) {
        var held = fields.take("held back");
        var drawn = fields.take("experiments");
        return new Assumed(
                paused.read(fields),
                consents(fields.take("consent")),
                new Lots(variations(drawn, atMillis), held == null ? new TreeSet<>() : heldBack(held)),
                shown);
    }

    private SortedMap<String, Status> consents(@Nullable YamlNode map) {
        var consents = new TreeMap<String, Status>();
        if (map == null) {
            return consents;
        }
        map.entries(problems, "consent by purpose").forEach((purpose, answer) -> {
            var status = ANSWERS.contains(answer.text()) ? Status.of(answer.text()) : null;
            if (!Consent.allNames().contains(purpose.text())) {
                problems.error(
                        "unknown-purpose",
                        purpose.place(),
                        "There is no purpose \"%s\" to consent to.".formatted(purpose.text()),
                        Suggestion.cure(purpose.text(), "purposes", Consent.allNames()));
            } else if (status == null) {
                problems.error(
                        "unknown-word",
                        answer.place(),
                        "\"%s\" is no answer to \"%s\".".formatted(answer.text(), purpose.text()),
                        Suggestion.cure(answer.text(), "possible values", ANSWERS));
            } else {
                consents.put(purpose.text(), status);
            }
        });
        return consents;
    }

    private SortedMap<String, String> variations(@Nullable YamlNode map, long atMillis) {
        var variations = new TreeMap<String, String>();
        if (map != null) {
            map.entries(problems, "variants by experiment").forEach((experiment, variation) -> {
                if (isVariation(experiment, variation, atMillis)) {
                    variations.put(experiment.text(), variation.text());
                }
            });
        }
        return variations;
    }

    private boolean isVariation(YamlNode key, YamlNode variation, long atMillis) {
        if (programme == null) {
            return true;
        }
        var experiment = programme.experiments().find(key.text());
        if (experiment == null) {
            var known = programme.experiments().keys();
            problems.error(
                    "unknown-experiment",
                    key.place(),
                    "There is no experiment \"%s\".".formatted(key.text()),
                    Suggestion.cure(key.text(), "experiments", known));
            return false;
        }
        if (!experiment.split().keys().contains(variation.text())) {
            problems.error(
                    "unknown-variant",
                    variation.place(),
                    "The experiment %s has no variant \"%s\".".formatted(key.text(), variation.text()),
                    Suggestion.cure(
                            variation.text(), "variants", experiment.split().keys()));
            return false;
        }
        if (!experiment.runs(Instant.ofEpochMilli(atMillis))) {
            problems.error(
                    "impossible",
                    key.place(),
                    "The experiment %s does not run at that time.".formatted(key.text()),
                    "Let the scenario be within its dates, or leave the experiment out.");
            return false;
        }
        return true;
    }

    private SortedSet<String> heldBack(YamlNode list) {
        var heldBack = new TreeSet<String>();
        for (var item : list.items()) {
            var name = item.text();
            if (isHeldBack(name, item.place())) {
                heldBack.add(name.equals(EVERYTHING) ? Lots.EVERYTHING : name);
            }
        }
        return heldBack;
    }

    private boolean isHeldBack(String name, Place place) {
        if (programme == null) {
            return true;
        }
        var campaign = programme.campaigns().find(name);
        if (campaign == null && !name.equals(EVERYTHING)) {
            var known = Stream.concat(Stream.of(EVERYTHING), programme.campaigns().keys().stream())
                    .toList();
            problems.error(
                    "unknown-campaign",
                    place,
                    "There is no campaign \"%s\" to be held back from.".formatted(name),
                    Suggestion.cure(name, "possible values", known));
            return false;
        }
        var holdBack = campaign == null ? programme.holdBack() : campaign.holdBack();
        return holdBack != null || isFromNobody(campaign == null ? "contact-policy.yaml" : name, place);
    }

    private boolean isFromNobody(String what, Place place) {
        problems.error(
                "impossible",
                place,
                "Nobody is held back by %s.".formatted(what),
                "Add a line \"hold back: …\" there, or leave \"held back\" out.");
        return false;
    }
}
