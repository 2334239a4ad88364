package io.tappa.engine.touchpoint;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The registry of all touchpoints of a pack. */
public final class Touchpoints {
    private final SortedMap<String, Touchpoint> byKey = new TreeMap<>();
    private final SortedMap<String, Placement> placements = new TreeMap<>();

    /** A registry of {@code touchpoints}; of two with one key the later counts. */
    public Touchpoints(Collection<Touchpoint> touchpoints) {
        for (var touchpoint : touchpoints) {
            byKey.put(touchpoint.key(), touchpoint);
            touchpoint.placements().forEach(placement -> placements.put(placement.fullName(), placement));
        }
    }

    /** The touchpoint called {@code key}, or null. */
    public @Nullable Touchpoint find(String key) {
        return byKey.get(key);
    }

    /** The placement called {@code touchpoint.placement}, or null. */
    public @Nullable Placement placement(String fullName) {
        return placements.get(fullName);
    }

    /** The placements a rule's {@code where} names: one placement, or all of a touchpoint; empty when unknown. */
    public List<Placement> named(String where) {
        var touchpoint = byKey.get(where);
        if (touchpoint != null) {
            return touchpoint.placements();
        }
        var placement = placements.get(where);
        return placement == null ? List.of() : List.of(placement);
    }

    /** All touchpoints, by key. */
    public Collection<Touchpoint> all() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** Every word that {@code where} accepts, for suggestions. */
    public SortedSet<String> names() {
        var names = new TreeSet<String>(byKey.keySet());
        names.addAll(placements.keySet());
        return names;
    }
}
