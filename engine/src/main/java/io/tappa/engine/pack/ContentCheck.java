package io.tappa.engine.pack;

import io.tappa.engine.offer.Escape;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.ProductLists;
import io.tappa.engine.offer.Template;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.Outcome;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.touchpoint.ContentField;
import io.tappa.engine.touchpoint.Placement;
import java.util.Collections;
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
        checkChannels();
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

    private void checkChannels() {
        var known = words.touchpoints().channels();
        words.offers().all().forEach(offer -> known.addAll(offer.content().keySet()));
        settings.channels()
                .forEach((channel, chain) -> settings.channelsFor(channel).stream()
                        .filter(name -> !known.contains(name))
                        .forEach(name -> problems.error(
                                "unknown-channel",
                                chain.place(),
                                "There is no channel \"%s\": no touchpoint speaks through it, and no offer has content for it."
                                        .formatted(name),
                                Suggestion.cure(name, "channels", known))));
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
        var languages = settings.channelsFor(channel).stream()
                .map(other -> offer.content().getOrDefault(other, Collections.emptySortedMap()))
                .filter(content -> !content.isEmpty())
                .findFirst();
        if (languages.isEmpty()) {
            problems.error(
                    "missing-content",
                    place,
                    "The offer \"%s\" says nothing for the channel %s, but is shown at %s."
                            .formatted(key, String.join(" or ", settings.channelsFor(channel)), placementName),
                    "Add content for %s to the offer, or show another one.".formatted(channel));
            return;
        }
        for (var language : settings.languages()) {
            var content = languages.get().get(language);
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
        if (field.type() == ContentField.Type.PRODUCTS) {
            checkList(offer, field, language, text, place);
            return;
        }
        if (!text.suits(Escape.of(field.type()))) {
            problems.error(
                    "unsafe-address",
                    place,
                    "The %s of the offer \"%s\" in %s can lead anywhere or nowhere, so it is never shown at %s."
                            .formatted(field.name(), offer.key(), language, placement.fullName()),
                    "Begin it with https:// and a host, or with a single /; facts may stand in it only behind that.");
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

    private void checkList(Offer offer, ContentField field, String language, Template text, Place place) {
        var word = text.plain();
        if (word == null) {
            problems.error(
                    "unknown-list",
                    place,
                    "The %s of the offer \"%s\" in %s names a list of products, and no fact may stand in it."
                            .formatted(field.name(), offer.key(), language),
                    "Write one of: %s.".formatted(String.join(", ", ProductLists.Kind.keys())));
        } else if (ProductLists.Kind.of(word) == null) {
            problems.error(
                    "unknown-list",
                    place,
                    "There is no list of products \"%s\", which the %s of the offer \"%s\" in %s asks for."
                            .formatted(word, field.name(), offer.key(), language),
                    Suggestion.cure(word, "lists", ProductLists.Kind.keys()));
        }
    }
}
