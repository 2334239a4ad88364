package io.tappa.engine.rule.box;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Visitors whose variables have values within given sets; what is not named may be anything.
 *
 * @param limits the sets, none of them empty
 */
record Area(SortedMap<Variable, Values> limits) {
    /** Everybody. */
    static final Area ALL = new Area(new TreeMap<>());

    /** Keeps {@code limits} as they are: an analysis makes millions of areas, and nobody else holds on to the map. */
    Area {
        limits = Collections.unmodifiableSortedMap(limits);
    }

    /** Those whose {@code variable} is within {@code values}, or null when that is nobody. */
    static @Nullable Area of(Variable variable, Values values) {
        return ALL.with(variable, values.and(variable.whole()));
    }

    Values values(Variable variable) {
        return limits.getOrDefault(variable, variable.whole());
    }

    private @Nullable Area with(Variable variable, Values values) {
        if (values.isEmpty()) {
            return null;
        }
        var more = new TreeMap<>(limits);
        more.put(variable, values);
        return new Area(more);
    }

    /** Those in both, or null when that is nobody. */
    @Nullable
    Area and(Area other) {
        if (!meets(other)) {
            return null;
        }
        var both = new TreeMap<>(limits);
        for (var limit : other.limits.entrySet()) {
            both.put(limit.getKey(), values(limit.getKey()).and(limit.getValue()));
        }
        return new Area(both);
    }

    private boolean meets(Area other) {
        for (var limit : other.limits.entrySet()) {
            if (!values(limit.getKey()).meets(limit.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Those in this and not in the other, as areas that do not meet. */
    List<Area> minus(Area other) {
        if (!meets(other)) {
            return List.of(this);
        }
        var rest = new ArrayList<Area>();
        var inside = this;
        for (var limit : other.limits.entrySet()) {
            var variable = limit.getKey();
            var mine = inside.values(variable);
            var outside = inside.with(variable, mine.minus(limit.getValue()));
            if (outside != null) {
                rest.add(outside);
            }
            var next = inside.with(variable, mine.and(limit.getValue()));
            if (next == null) {
                return rest;
            }
            inside = next;
        }
        return rest;
    }

    /** Those who are in it whatever their {@code variables} are. */
    Area without(Iterable<Variable> variables) {
        var fewer = new TreeMap<>(limits);
        variables.forEach(fewer::remove);
        return new Area(fewer);
    }
}
