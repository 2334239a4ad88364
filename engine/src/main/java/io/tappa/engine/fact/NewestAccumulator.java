package io.tappa.engine.fact;

import io.tappa.engine.fact.Cell.Mark;
import io.tappa.engine.fact.Cell.Timeline;
import io.tappa.engine.identity.Hashes;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest occurrences, as times, amounts, words or distinct values; bounded, within a window or for ever.
 *
 * @param filter which events count
 * @param kind what is kept of each
 * @param property the value read from each, or null where only the time counts
 * @param within how far the window reaches back, or null for ever
 * @param atMost most occurrences kept, beyond which it saturates
 * @param unitsPerOne stored units per unit of what authors write
 */
public record NewestAccumulator(
        EventFilter filter,
        Kind kind,
        @Nullable String property,
        @Nullable Duration within,
        int atMost,
        long unitsPerOne)
        implements Accumulator.OfEvents {
    /** Of two hundred values two are taken for one with a chance of one in a hundred million. */
    private static final int UNUSED_BITS = 23;

    /** What is kept of each occurrence. */
    public enum Kind {
        TIMES,
        AMOUNTS,
        WORDS,
        DISTINCT
    }

    @Override
    public String canonical() {
        return "%s %s %s %s %s %s"
                .formatted(kind, filter.canonical(), EventFilter.exact(property), within, atMost, unitsPerOne);
    }

    @Override
    public Set<String> reads() {
        return filter.readsAlso(property);
    }

    @Override
    public @Nullable Cell gather(@Nullable Cell cell, long at, SortedMap<String, String> values) {
        var mark = mark(at, values);
        if (mark == null) {
            return cell;
        }
        return cell instanceof Timeline timeline
                ? timeline.plus(mark, atMost, kind == Kind.DISTINCT)
                : new Timeline(List.of(mark));
    }

    private @Nullable Mark mark(long at, SortedMap<String, String> values) {
        if (kind == Kind.TIMES) {
            return new Mark(at, 0, "");
        }
        var text = values.get(Objects.requireNonNull(property));
        if (text == null || text.isEmpty()) {
            return null;
        }
        return switch (kind) {
            case TIMES -> new Mark(at, 0, "");
            case WORDS -> new Mark(at, 0, text);
            case DISTINCT -> new Mark(at, Hashes.first64(text) >>> UNUSED_BITS, "");
            case AMOUNTS -> {
                long units = Fact.units(text, unitsPerOne);
                yield units == FactValues.UNKNOWN ? null : new Mark(at, units, "");
            }
        };
    }

    @Override
    public Cell join(Cell left, Cell right) {
        return ((Timeline) left).plus((Timeline) right, atMost, kind == Kind.DISTINCT);
    }

    @Override
    public boolean isSaturated(Cell cell) {
        return cell instanceof Timeline timeline && timeline.marks().size() >= atMost;
    }

    /** Once the window has passed since then, it sees nothing that was missed. */
    @Override
    public long wholeFrom(@Nullable Cell cell, long sinceMillis) {
        return within == null ? Gathering.NEVER : sinceMillis + within.toMillis();
    }

    @Override
    public Cell prune(Cell cell, long horizonMillis) {
        return within == null ? cell : ((Timeline) cell).after(horizonMillis - within.toMillis());
    }

    @Override
    public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
        var visible = visible(cell, values.nowMillis());
        switch (kind) {
            case TIMES, DISTINCT -> values.put(fact.index(), visible.size());
            case AMOUNTS -> values.put(fact.index(), sum(visible));
            case WORDS -> fact.put(values, mostFrequent(visible), zone);
        }
    }

    private static long sum(List<Mark> marks) {
        long sum = 0;
        for (var mark : marks) {
            sum = Fact.saturatingSum(sum, mark.number());
        }
        return sum;
    }

    /** The marks within the window that ends at {@code now}, oldest first. */
    private List<Mark> visible(@Nullable Cell cell, long now) {
        if (!(cell instanceof Timeline timeline)) {
            return List.of();
        }
        long since = within == null ? Long.MIN_VALUE : now - within.toMillis();
        var marks = timeline.marks();
        int from = 0;
        while (from < marks.size() && marks.get(from).at() <= since) {
            from++;
        }
        int to = marks.size();
        while (to > from && marks.get(to - 1).at() > now) {
            to--;
        }
        return marks.subList(from, to);
    }

    /** The word seen most often; of equals the one seen last, then the first in the alphabet. */
    private static @Nullable String mostFrequent(List<Mark> marks) {
        var counts = new TreeMap<String, long[]>();
        for (var mark : marks) {
            var count = counts.computeIfAbsent(mark.text(), word -> new long[2]);
            count[0]++;
            count[1] = mark.at();
        }
        String best = null;
        long[] most = {0, 0};
        for (var entry : counts.entrySet()) {
            var count = entry.getValue();
            if (count[0] > most[0] || (count[0] == most[0] && count[1] > most[1])) {
                best = entry.getKey();
                most = count;
            }
        }
        return best;
    }
}
