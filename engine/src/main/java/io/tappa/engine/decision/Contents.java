package io.tappa.engine.decision;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.offer.Escape;
import io.tappa.engine.offer.Forms;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.ProductLists;
import io.tappa.engine.offer.Template;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.touchpoint.ContentField;
import io.tappa.engine.touchpoint.Placement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of offers for one visitor: those for the channel asked, else for the next one of its chain; there the wanted
 * language, else its base language, else the pack's, in order.
 */
final class Contents {
    private static final String LANGUAGE = "language";
    private static final Pattern SUBTAGS = Pattern.compile("[-_]");

    private final PackSnapshot pack;
    private final FactValues facts;
    private final Grants grants;
    private final ProductLists products;
    private final List<String> channels;
    private final List<String> languages;

    Contents(PackSnapshot pack, Inputs inputs) {
        var request = inputs.request();
        this.pack = pack;
        this.facts = inputs.facts();
        this.grants = inputs.grants();
        this.products = inputs.products();
        this.channels = pack.settings().channelsFor(request.touchpoint().channel());
        this.languages =
                languages(request.context().get(LANGUAGE), pack.settings().languages());
    }

    /**
     * Texts and their language.
     *
     * @param language the language found
     * @param texts by field, facts filled in
     * @param products lists of products by field
     */
    record Said(String language, SortedMap<String, String> texts, SortedMap<String, List<String>> products) {}

    private record Found(String language, String code, SortedMap<String, Template> templates) {}

    private static List<String> languages(@Nullable String wanted, List<String> ofPack) {
        var chain = new ArrayList<String>();
        if (wanted != null) {
            chain.add(wanted);
            chain.add(SUBTAGS.split(wanted, 2)[0].toLowerCase(Locale.ROOT));
        }
        chain.addAll(ofPack);
        return chain;
    }

    /** Whether the offer has all that the placement requires, with every fact in it known and every address safe. */
    boolean canShow(Offer offer, Placement placement) {
        var found = find(offer);
        return found != null
                && unknownIn(found) == null
                && placement.fields().stream()
                        .noneMatch(
                                field -> field.required() && !found.templates().containsKey(field.name()))
                && unfitIn(found, placement) == null;
    }

    /** The first list of the offer that has too few products for the placement, or null; those {@code onPage} do not count. */
    Picked.@Nullable Lack lacking(Offer offer, Placement placement, Set<String> onPage) {
        var found = Picked.hasLists(placement) ? find(offer) : null;
        return found == null
                ? null
                : Picked.of(placement, found.templates(), products, onPage).lacking();
    }

    /** The first fact that the texts need and nobody knows, or null. */
    @Nullable
    Fact unknownIn(Offer offer) {
        var found = find(offer);
        return found == null ? null : unknownIn(found);
    }

    private @Nullable Fact unknownIn(Found found) {
        for (var template : found.templates().values()) {
            var unknown = template.unknown(facts);
            if (unknown != null) {
                return unknown;
            }
        }
        return null;
    }

    /** The first field that cannot be shown at the placement, though all its facts are known: no safe address; or null. */
    @Nullable
    String unfitIn(Offer offer, Placement placement) {
        var found = find(offer);
        return found == null ? null : unfitIn(found, placement);
    }

    private @Nullable String unfitIn(Found found, Placement placement) {
        for (var field : placement.fields()) {
            var template = found.templates().get(field.name());
            if (template != null
                    && template.unknown(facts) == null
                    && render(template, found, Escape.of(field.type())) == null) {
                return field.name();
            }
        }
        return null;
    }

    /**
     * The texts of an offer that can be shown at the placement; what it does not declare is plain text. Lists leave out the
     * products that are {@code onPage}.
     */
    Said of(Offer offer, Placement placement, Set<String> onPage) {
        var found = find(offer);
        var texts = new TreeMap<String, String>();
        if (found == null) {
            return new Said("", texts, new TreeMap<>());
        }
        found.templates().forEach((field, template) -> {
            var text = Picked.isList(placement, field) ? null : render(template, found, escape(field, placement));
            if (text != null) {
                texts.put(field, text);
            }
        });
        var picked = Picked.of(placement, found.templates(), products, onPage);
        return new Said(found.language(), texts, picked.byField());
    }

    private @Nullable String render(Template template, Found found, Escape escape) {
        return template.render(
                facts, found.code(), Forms.of(found.language()), pack.settings().zone(), escape);
    }

    private static Escape escape(String name, Placement placement) {
        return placement.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .map(ContentField::type)
                .map(Escape::of)
                .orElse(Escape.TEXT);
    }

    private @Nullable Found find(Offer offer) {
        for (var channel : channels) {
            var byLanguage = offer.content().getOrDefault(channel, Collections.emptySortedMap());
            for (var language : languages) {
                var templates = byLanguage.get(language);
                if (templates != null) {
                    return new Found(language, grants.code(offer), templates);
                }
            }
        }
        return null;
    }
}
