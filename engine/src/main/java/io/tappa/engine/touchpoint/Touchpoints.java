package io.tappa.engine.touchpoint;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The registry of all touchpoints of a pack. */
public final class Touchpoints {
    /** The value of an event that names its touchpoint. */
    private static final String TOUCHPOINT = "touchpoint";
    /** The value of an event that names its channel. */
    private static final String CHANNEL = "channel";
    /** The event that names the touchpoint it is about, not the one where it happened. */
    private static final String SURVEY = "Survey Answered";
    /** The channel of events that say no more than that they happened away from any screen. */
    private static final String OFFLINE = "offline";

    private static final List<Sign.Kind> KINDS = List.of(Sign.Kind.values());

    private final List<Touchpoint> inOrder;
    /** Place in the author's order, by sign. */
    private final Map<Sign, Integer> bySign = new HashMap<>();

    private final SortedMap<String, Touchpoint> byKey = new TreeMap<>();
    private final SortedMap<String, Placement> placements = new TreeMap<>();

    /** A registry of {@code touchpoints}; of two with one key the later counts. */
    public Touchpoints(Collection<Touchpoint> touchpoints) {
        inOrder = List.copyOf(touchpoints);
        for (int place = 0; place < inOrder.size(); place++) {
            for (var sign : inOrder.get(place).recognisedBy()) {
                bySign.putIfAbsent(sign, place);
            }
        }
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

    /**
     * The touchpoint by way of which somebody came, or null when nothing shows it: the one the event names as its {@code
     * touchpoint}, else the first in the author's order that one of its signs shows. An answer to a survey names the
     * touchpoint it is about; that alone is no visit.
     */
    public @Nullable String recognise(String event, SortedMap<String, String> values) {
        var named = values.get(TOUCHPOINT);
        if (named != null && byKey.containsKey(named) && !event.equals(SURVEY)) {
            return named;
        }
        int first = inOrder.size();
        if (!bySign.isEmpty()) {
            for (var kind : KINDS) {
                for (var word : kind.words(event, values)) {
                    first = Math.min(first, bySign.getOrDefault(new Sign(kind, word), first));
                }
            }
        }
        return first < inOrder.size() ? inOrder.get(first).key() : null;
    }

    /**
     * Whether an event happened away from any screen of ours: its {@code touchpoint} says so, else its {@code channel}, which
     * is {@code offline} or one that only offline touchpoints have. Somebody who came by a brochure is still online.
     */
    public boolean happenedOffline(SortedMap<String, String> values) {
        var named = byKey.get(values.getOrDefault(TOUCHPOINT, ""));
        if (named != null) {
            return named.offline();
        }
        var channel = values.get(CHANNEL);
        if (channel == null) {
            return false;
        }
        var speaking = inOrder.stream()
                .filter(touchpoint -> touchpoint.channel().equals(channel))
                .toList();
        return channel.equals(OFFLINE)
                || (!speaking.isEmpty() && speaking.stream().allMatch(Touchpoint::offline));
    }

    /** The keys of all touchpoints, in the author's order. */
    public List<String> keys() {
        return inOrder.stream().map(Touchpoint::key).distinct().toList();
    }

    /** All touchpoints, by key. */
    public Collection<Touchpoint> all() {
        return Collections.unmodifiableCollection(byKey.values());
    }

    /** The channels of all touchpoints. */
    public SortedSet<String> channels() {
        var channels = new TreeSet<String>();
        inOrder.forEach(touchpoint -> channels.add(touchpoint.channel()));
        return channels;
    }

    /** Every word that {@code where} accepts, for suggestions. */
    public SortedSet<String> names() {
        var names = new TreeSet<String>(byKey.keySet());
        names.addAll(placements.keySet());
        return names;
    }
}
