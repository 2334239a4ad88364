package io.tappa.engine.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All campaigns of a pack; an offer is in no two of them at one time. */
public final class Campaigns {
    /** No campaign at all. */
    public static final Campaigns NONE = new Campaigns(List.of());

    private final SortedMap<String, Campaign> byKey = new TreeMap<>();
    private final Map<String, List<Campaign>> byOffer = new HashMap<>();

    /** These campaigns. */
    public Campaigns(Collection<Campaign> campaigns) {
        for (var campaign : campaigns) {
            if (byKey.put(campaign.key(), campaign) != null) {
                throw new IllegalArgumentException("""
                        campaigns has %s twice.
                        Maybe one of them needs another key.""".formatted(campaign.key()));
            }
            campaign.offers()
                    .forEach(offer -> byOffer.computeIfAbsent(offer, key -> new ArrayList<>())
                            .add(campaign));
        }
        byOffer.forEach(Campaigns::arrange);
    }

    /** Puts the campaigns of one offer one behind the other. */
    private static void arrange(String offer, List<Campaign> campaigns) {
        campaigns.sort(Comparator.comparingLong(Campaign::fromMillis));
        for (int next = 1; next < campaigns.size(); next++) {
            var one = campaigns.get(next - 1);
            var other = campaigns.get(next);
            if (one.overlaps(other)) {
                throw new IllegalArgumentException("""
                        The offer %s is in the campaigns %s and %s at one time.
                        Maybe let one end before the other begins.""".formatted(offer, one.key(), other.key()));
            }
        }
    }

    /** The campaign called {@code key}, or null. */
    public @Nullable Campaign find(String key) {
        return byKey.get(key);
    }

    /** Those that {@code offer} belongs to, one behind the other in time; empty for an offer that needs no campaign. */
    public List<Campaign> of(String offer) {
        return Collections.unmodifiableList(byOffer.getOrDefault(offer, List.of()));
    }

    /** The one of {@link #of} within whose dates {@code nowMillis} is, or null. */
    public @Nullable Campaign of(String offer, long nowMillis) {
        for (var campaign : byOffer.getOrDefault(offer, List.of())) {
            if (campaign.isOpen(nowMillis)) {
                return campaign;
            }
        }
        return null;
    }

    /** All campaigns, by key. */
    public Collection<Campaign> all() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** The names of all campaigns, for suggestions. */
    public SortedSet<String> keys() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(byKey.keySet()));
    }

    /** Whether some of them ask what time it is where the visitor is. */
    public boolean askForLocalTime() {
        return byKey.values().stream().anyMatch(campaign -> campaign.hours() != null);
    }
}
