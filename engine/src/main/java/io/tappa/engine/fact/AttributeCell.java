package io.tappa.engine.fact;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The newest value of one attribute from each source that told it.
 *
 * @param bySource newest value by source; of more than {@value #MOST_SOURCES} sources, those that come last share {@value
 *     #OTHER}
 */
public record AttributeCell(SortedMap<String, Cell.Moment> bySource) implements Cell {
    /** Most sources kept one by one. */
    public static final int MOST_SOURCES = 8;
    /** The name that all further sources share. */
    public static final String OTHER = "other";

    public AttributeCell {
        bySource = Collections.unmodifiableSortedMap(new TreeMap<>(bySource));
    }

    /**
     * What both know. The sources of {@code preferred} are kept first, then the first in the alphabet: which ones share a
     * name then depends on all that were ever heard, not on their order.
     */
    AttributeCell plus(AttributeCell more, Collection<String> preferred) {
        var all = new TreeMap<>(bySource);
        more.bySource.forEach((source, moment) -> add(all, source, moment));
        while (all.size() - (all.containsKey(OTHER) ? 1 : 0) > MOST_SOURCES) {
            var last = lastOf(all, preferred);
            var moment = all.get(last);
            all.remove(last);
            if (moment != null) {
                add(all, OTHER, moment);
            }
        }
        return new AttributeCell(all);
    }

    private static void add(SortedMap<String, Cell.Moment> all, String source, Cell.Moment moment) {
        all.merge(source, moment, (left, right) -> left.compareTo(right) >= 0 ? left : right);
    }

    /** There is always one: fewer sources can be preferred than are kept. */
    private static String lastOf(SortedMap<String, Cell.Moment> all, Collection<String> preferred) {
        String last = OTHER;
        for (var source : all.keySet()) {
            last = source.equals(OTHER) || preferred.contains(source) ? last : source;
        }
        return last;
    }
}
