package io.tappa.engine.pack;

import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.Template;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.Outcome;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.touchpoint.ContentField;
import io.tappa.engine.touchpoint.Placement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/** Does what an offer says fit the placements where rules show it? */
final class ContentCheck {
    private final Vocabulary words;
    private final PackSettings settings;
    private final Problems problems;
    private final TreeSet<String> checked = new TreeSet<>();

    ContentCheck(Vocabulary words, PackSettings settings, Problems problems) {
        this.words = words;
        this.settings = settings;
        this.problems = problems;
    }

    void check(List<Rule> rules) {
        for (var rule : rules) {
            if (rule.outcome() instanceof Outcome.Show show) {
                show.placements()
                        .forEach(placement ->
                                check(show.offer(), placement, rule.place().inside(rule.id())));
            }
        }
        for (var touchpoint : words.touchpoints().all()) {
            for (var placement : touchpoint.placements()) {
                if (placement.fallback() != null) {
                    check(placement.fallback(), placement.fullName(), Place.file("touchpoints.yaml"));
                }
            }
        }
    }

    /** Notes what {@code key}, an offer that {@code place} shows, lacks at a placement. */
    void check(String key, String placementName, Place place) {
        var offer = words.offers().find(key);
        var placement = words.touchpoints().placement(placementName);
        if (offer == null || placement == null || !checked.add(key + " " + placementName)) {
            return;
        }
        var touchpoint = words.touchpoints().find(placement.touchpoint());
        var channel = touchpoint == null ? "" : touchpoint.channel();
        var languages = offer.content().get(channel);
        if (languages == null || languages.isEmpty()) {
            problems.error(
                    "missing-content",
                    place,
                    "The offer \"%s\" says nothing for the channel %s, but is shown at %s."
                            .formatted(key, channel, placementName),
                    "Add content for %s to the offer, or show another one.".formatted(channel));
            return;
        }
        for (var language : settings.languages()) {
            var content = languages.get(language);
            if (content != null) {
                placement.fields().forEach(field -> check(offer, placement, field, language, content, place));
            }
        }
    }

    private void check(
            Offer offer,
            Placement placement,
            ContentField field,
            String language,
            SortedMap<String, Template> content,
            Place place) {
        var text = content.get(field.name());
        if (text == null) {
            if (field.required()) {
                problems.error(
                        "missing-content",
                        place,
                        "The offer \"%s\" has no %s in %s, but %s needs one."
                                .formatted(offer.key(), field.name(), language, placement.fullName()),
                        "Add the field to the offer's content.");
            }
            return;
        }
        int length = text.parts().stream()
                .mapToInt(part -> part.text() == null ? 1 : part.text().length())
                .sum();
        if (field.longest() > 0 && length > field.longest()) {
            problems.error(
                    "too-long",
                    place,
                    "The %s of the offer \"%s\" in %s has %d characters; %s has room for %d."
                            .formatted(
                                    field.name(), offer.key(), language, length, placement.fullName(), field.longest()),
                    "Shorten the text, or give the placement more room.");
        }
    }
}
