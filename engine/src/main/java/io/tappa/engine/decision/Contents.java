package io.tappa.engine.decision;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.Template;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.touchpoint.Placement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The texts of offers for one visitor: the wanted language, else its base language, else the pack's, in order. */
final class Contents {
    private static final String LANGUAGE = "language";
    private static final Pattern SUBTAGS = Pattern.compile("[-_]");

    private final PackSnapshot pack;
    private final FactValues facts;
    private final String channel;
    private final List<String> languages;

    Contents(PackSnapshot pack, FactValues facts, DecisionRequest request) {
        this.pack = pack;
        this.facts = facts;
        this.channel = request.touchpoint().channel();
        this.languages =
                languages(request.context().get(LANGUAGE), pack.settings().languages());
    }

    /**
     * Texts and their language.
     *
     * @param language the language found
     * @param texts by field, facts filled in
     */
    record Said(String language, SortedMap<String, String> texts) {}

    private static List<String> languages(@Nullable String wanted, List<String> ofPack) {
        var chain = new ArrayList<String>();
        if (wanted != null) {
            chain.add(wanted);
            chain.add(SUBTAGS.split(wanted, 2)[0].toLowerCase(Locale.ROOT));
        }
        chain.addAll(ofPack);
        return chain;
    }

    /** Whether the offer has all that the placement requires, with every fact in it known. */
    boolean canShow(Offer offer, Placement placement) {
        var language = language(offer);
        if (language == null || unknownIn(offer) != null) {
            return false;
        }
        var content = templates(offer, language);
        return placement.fields().stream().noneMatch(field -> field.required() && !content.containsKey(field.name()));
    }

    /** The first fact that the texts need and nobody knows, or null. */
    @Nullable
    Fact unknownIn(Offer offer) {
        var language = language(offer);
        if (language != null) {
            for (var template : templates(offer, language).values()) {
                var unknown = template.unknown(facts);
                if (unknown != null) {
                    return unknown;
                }
            }
        }
        return null;
    }

    /** The texts of an offer that can be shown. */
    Said of(Offer offer) {
        var language = language(offer);
        var texts = new TreeMap<String, String>();
        if (language == null) {
            return new Said("", texts);
        }
        var locale = Locale.forLanguageTag(language);
        templates(offer, language).forEach((field, template) -> {
            var text = template.render(facts, locale, pack.settings().zone());
            if (text != null) {
                texts.put(field, text);
            }
        });
        return new Said(language, texts);
    }

    private @Nullable String language(Offer offer) {
        var byLanguage = offer.content().getOrDefault(channel, Collections.emptySortedMap());
        return languages.stream().filter(byLanguage::containsKey).findFirst().orElse(null);
    }

    private SortedMap<String, Template> templates(Offer offer, String language) {
        return offer.content()
                .getOrDefault(channel, Collections.emptySortedMap())
                .getOrDefault(language, Collections.emptySortedMap());
    }
}
