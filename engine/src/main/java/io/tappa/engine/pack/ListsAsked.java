package io.tappa.engine.pack;

import io.tappa.engine.experiment.Experiments;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.OfferCatalog;
import io.tappa.engine.offer.ProductLists;
import io.tappa.engine.offer.ProductLists.Kind;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.touchpoint.ContentField;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.touchpoint.Touchpoints;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which lists of products may be shown at the placements of a pack. */
public final class ListsAsked {
    private final PackSettings settings;
    private final Touchpoints touchpoints;
    private final OfferCatalog offers;
    /** The lists at each placement that has room for some, by its full name. */
    private final SortedMap<String, Set<Kind>> byPlacement = new TreeMap<>();

    /**
     * The lists that one page needs.
     *
     * @param kinds which; empty for none
     * @param most how many products of each, so that none need be shown twice
     */
    public record OnPage(Set<Kind> kinds, int most) {}

    private ListsAsked(PackSettings settings, Touchpoints touchpoints, OfferCatalog offers) {
        this.settings = settings;
        this.touchpoints = touchpoints;
        this.offers = offers;
        for (var touchpoint : touchpoints.all()) {
            for (var placement : touchpoint.placements()) {
                if (placement.fields().stream().anyMatch(ListsAsked::isList)) {
                    byPlacement.put(placement.fullName(), EnumSet.noneOf(Kind.class));
                    add(placement.fullName(), placement.fallback());
                }
            }
        }
    }

    private static boolean isList(ContentField field) {
        return field.type() == ContentField.Type.PRODUCTS;
    }

    /** The lists of {@code pack}. */
    public static ListsAsked of(PackSnapshot pack) {
        var asked = new ListsAsked(pack.settings(), pack.touchpoints(), pack.offers());
        asked.add(pack.decisions().rules(), pack.programme().experiments());
        return asked;
    }

    /** The facts of a pack, with what its lists need besides. */
    static FactCatalog facts(
            FactCatalog facts, PackSettings settings, Vocabulary words, List<Rule> rules, Experiments experiments) {
        var asked = new ListsAsked(settings, words.touchpoints(), words.offers());
        asked.add(rules, experiments);
        var kinds = asked.kinds();
        var viewed = kinds.contains(Kind.LAST_VIEWED) || kinds.contains(Kind.BOUGHT_TOGETHER);
        var basket = kinds.contains(Kind.BASKET) || kinds.contains(Kind.BOUGHT_TOGETHER);
        var with = viewed ? facts.withViewed() : facts;
        return basket ? with.withBasket(settings.minorUnits()) : with;
    }

    private void add(List<Rule> rules, Experiments experiments) {
        if (byPlacement.isEmpty()) {
            return;
        }
        for (var rule : rules) {
            if (rule.outcome() instanceof Show show) {
                show.placements().forEach(placement -> add(placement, show.offer()));
            }
        }
        for (var experiment : experiments.all()) {
            var treatment = experiment.treatment();
            treatment.where().forEach(placement -> treatment.shows().values().forEach(offer -> add(placement, offer)));
        }
    }

    private void add(String placementName, @Nullable String key) {
        var kinds = byPlacement.get(placementName);
        var placement = touchpoints.placement(placementName);
        var offer = key == null ? null : offers.find(key);
        if (kinds == null || placement == null || offer == null) {
            return;
        }
        var touchpoint = touchpoints.find(placement.touchpoint());
        for (var channel : settings.channelsFor(touchpoint == null ? "" : touchpoint.channel())) {
            for (var field : placement.fields()) {
                if (isList(field)) {
                    add(kinds, offer, channel, field.name());
                }
            }
        }
    }

    private static void add(Set<Kind> kinds, Offer offer, String channel, String field) {
        offer.content().getOrDefault(channel, new TreeMap<>()).values().forEach(content -> {
            var template = content.get(field);
            var word = template == null ? null : template.plain();
            var kind = word == null ? null : Kind.of(word);
            if (kind != null) {
                kinds.add(kind);
            }
        });
    }

    /** All that are shown anywhere. */
    public Set<Kind> kinds() {
        var kinds = EnumSet.noneOf(Kind.class);
        byPlacement.values().forEach(kinds::addAll);
        return kinds;
    }

    /** What a page with these placements needs for the offers that may be shown there. */
    public OnPage onPage(Collection<Placement> placements) {
        return onPage(placements, byPlacement);
    }

    /** What it needs for whatever offers; all lists where there is room for one. */
    public OnPage onPageOfAnything(Collection<Placement> placements) {
        var anything = new TreeMap<>(byPlacement);
        anything.replaceAll((placement, kinds) -> EnumSet.allOf(Kind.class));
        return onPage(placements, anything);
    }

    private static OnPage onPage(Collection<Placement> placements, SortedMap<String, Set<Kind>> byPlacement) {
        var kinds = EnumSet.noneOf(Kind.class);
        int most = 0;
        for (var placement : placements) {
            var here = byPlacement.get(placement.fullName());
            if (here != null && !here.isEmpty()) {
                kinds.addAll(here);
                int room =
                        placement.fields().stream().mapToInt(ContentField::most).sum();
                most += room * placement.count();
            }
        }
        return new OnPage(kinds, Math.min(most, ProductLists.MOST));
    }
}
