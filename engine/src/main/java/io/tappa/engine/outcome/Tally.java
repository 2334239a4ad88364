package io.tappa.engine.outcome;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * By how much counters change.
 *
 * @param byTable change by the name of the counter, by the name of the table it stands in
 */
public record Tally(SortedMap<String, SortedMap<String, Long>> byTable) {
    /** No counter changes. */
    public static final Tally NONE = new Tally(new TreeMap<>());

    public Tally {
        var tables = new TreeMap<String, SortedMap<String, Long>>();
        byTable.forEach(
                (table, counters) -> tables.put(table, Collections.unmodifiableSortedMap(new TreeMap<>(counters))));
        byTable = Collections.unmodifiableSortedMap(tables);
    }

    /** The same where the counter called {@code field} changes by {@code change} more. */
    Tally plus(String table, String field, long change) {
        if (change == 0) {
            return this;
        }
        var one = new TreeMap<String, SortedMap<String, Long>>();
        one.put(table, new TreeMap<>(Collections.singletonMap(field, change)));
        return plus(new Tally(one));
    }

    /** All changes of both. */
    public Tally plus(Tally other) {
        if (byTable.isEmpty() || other.byTable.isEmpty()) {
            return byTable.isEmpty() ? other : this;
        }
        var both = new TreeMap<String, SortedMap<String, Long>>();
        byTable.forEach((table, counters) -> both.put(table, new TreeMap<>(counters)));
        other.byTable.forEach((table, counters) -> {
            var sum = both.computeIfAbsent(table, name -> new TreeMap<>());
            counters.forEach((field, change) -> sum.merge(field, change, Long::sum));
        });
        return new Tally(both);
    }
}
