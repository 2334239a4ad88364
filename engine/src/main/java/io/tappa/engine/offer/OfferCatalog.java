package io.tappa.engine.offer;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All offers of a pack. */
public final class OfferCatalog {
    private final SortedMap<String, Offer> byKey = new TreeMap<>();
    private final SortedSet<String> purposes = new TreeSet<>();
    private final SortedSet<String> products = new TreeSet<>();

    /** A catalogue of {@code offers}. */
    public OfferCatalog(Collection<Offer> offers) {
        for (var offer : offers) {
            byKey.put(offer.key(), offer);
            products.addAll(offer.terms().products());
            if (offer.terms().purpose() != null) {
                purposes.add(offer.terms().purpose());
            }
        }
    }

    /** The offer called {@code key}, or null. */
    public @Nullable Offer find(String key) {
        return byKey.get(key);
    }

    /** All offers, by key. */
    public Collection<Offer> all() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** The names of all offers, for suggestions. */
    public SortedSet<String> keys() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(byKey.keySet()));
    }

    /** What somebody must have consented to for one offer or another. */
    public SortedSet<String> purposes() {
        return Collections.unmodifiableSortedSet(purposes);
    }

    /** Whether some of them ask what time it is where the visitor is. */
    public boolean askForLocalTime() {
        return byKey.values().stream().anyMatch(offer -> offer.terms().hours() != null);
    }

    /** Ids of all products that must be in stock for one offer or another. */
    public SortedSet<String> products() {
        return Collections.unmodifiableSortedSet(products);
    }

    /** The names of all groups. */
    public SortedSet<String> groups() {
        var groups = new TreeSet<String>();
        for (var offer : byKey.values()) {
            if (offer.group() != null) {
                groups.add(offer.group());
            }
        }
        return groups;
    }
}
