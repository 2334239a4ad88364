package io.tappa.engine.rule.box;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Visitors in any of several areas.
 *
 * @param areas the areas; they may meet
 * @param isCut whether it fell into so many pieces that nothing can be said about it any more
 */
public record Region(List<Area> areas, boolean isCut) {
    /** Most areas of a region; what falls into more is not looked into. */
    public static final int MOST_AREAS = 2_000;
    /** Nobody. */
    public static final Region NONE = new Region(List.of(), false);
    /** Everybody. */
    public static final Region ALL = new Region(List.of(Area.ALL), false);
    /** Nobody knows whom. */
    public static final Region CUT = new Region(List.of(), true);

    private static final long MOST_PAIRS = 400_000;

    public Region {
        areas = List.copyOf(areas);
    }

    static Region of(@Nullable Area area) {
        return area == null ? NONE : new Region(List.of(area), false);
    }

    private static Region ofSome(List<Area> areas) {
        return areas.size() > MOST_AREAS ? CUT : new Region(areas, false);
    }

    /** Whether certainly nobody is in it. */
    public boolean isEmpty() {
        return areas.isEmpty() && !isCut;
    }

    /** Those in both. */
    public Region and(Region other) {
        if (isEmpty() || other.isEmpty()) {
            return NONE;
        }
        if (isCut || other.isCut || (long) areas.size() * other.areas.size() > MOST_PAIRS) {
            return CUT;
        }
        var both = new ArrayList<Area>();
        for (var left : areas) {
            for (var right : other.areas) {
                var area = left.and(right);
                if (area != null) {
                    both.add(area);
                }
            }
            if (both.size() > MOST_AREAS) {
                return CUT;
            }
        }
        return ofSome(both);
    }

    /** Those in one of them or in both. */
    public Region or(Region other) {
        if (isCut || other.isCut) {
            return CUT;
        }
        var all = new ArrayList<>(areas);
        other.areas.stream().filter(area -> !all.contains(area)).forEach(all::add);
        return ofSome(all);
    }

    /** Those in this one and not in the other. */
    public Region minus(Region other) {
        if (isEmpty()) {
            return NONE;
        }
        if (isCut || other.isCut) {
            return CUT;
        }
        var rest = areas;
        for (var area : other.areas) {
            var next = new ArrayList<Area>();
            for (var piece : rest) {
                next.addAll(piece.minus(area));
                if (next.size() > MOST_AREAS) {
                    return CUT;
                }
            }
            rest = next;
        }
        return ofSome(rest);
    }
}
