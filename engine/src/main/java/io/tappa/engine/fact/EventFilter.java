package io.tappa.engine.fact;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which events count.
 *
 * @param event name of the event, or null for any
 * @param where properties that must have exactly these values
 */
public record EventFilter(@Nullable String event, SortedMap<String, String> where) {
    public EventFilter {
        where = Collections.unmodifiableSortedMap(new TreeMap<>(where));
    }

    /** Whether an event with {@code values} counts; its name was compared before. */
    boolean accepts(SortedMap<String, String> values) {
        if (where.isEmpty()) {
            return true;
        }
        for (var wanted : where.entrySet()) {
            if (!wanted.getValue().equals(values.get(wanted.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** Paths of the values it looks at, and {@code property}. */
    Set<String> readsAlso(@Nullable String property) {
        var reads = new TreeSet<>(where.keySet());
        if (property != null) {
            reads.add(property);
        }
        return reads;
    }

    String canonical() {
        var text = new StringBuilder(exact(event));
        where.forEach((property, value) ->
                text.append(" where ").append(exact(property)).append('=').append(exact(value)));
        return text.toString();
    }

    /** A name with its length before it, so that no two lists of names look alike. */
    static String exact(@Nullable String name) {
        return name == null ? "-" : name.length() + ":" + name;
    }
}
