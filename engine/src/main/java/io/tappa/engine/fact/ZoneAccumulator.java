package io.tappa.engine.fact;

import io.tappa.engine.fact.Cell.Moment;
import io.tappa.engine.identity.Hashes;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** In which time zone somebody was last, by name; gathered where a fact asks for the time there. */
record ZoneAccumulator() implements Accumulator {
    static final ZoneAccumulator ONLY = new ZoneAccumulator();

    private static final int SLOT = Hashes.first32("zone");
    private static final String NAME = "timezone";
    private static final String SENT = "context." + NAME;
    private static final String DIGEST = "@zone";
    private static final Set<String> KNOWN = ZoneId.getAvailableZoneIds();

    /** The zone that {@code context} names, else the one somebody was in last, else {@code otherwise}. */
    static ZoneId zone(SortedMap<String, String> context, Map<Integer, Cell> cells, ZoneId otherwise) {
        var named = context.get(NAME);
        if (named != null && KNOWN.contains(named)) {
            return ZoneId.of(named);
        }
        return cells.get(SLOT) instanceof Moment last && KNOWN.contains(last.text())
                ? ZoneId.of(last.text())
                : otherwise;
    }

    @Override
    public String canonical() {
        return "zone";
    }

    @Override
    public List<String> events() {
        return List.of();
    }

    @Override
    public Set<String> reads() {
        return Set.of();
    }

    @Override
    public void digest(String event, SortedMap<String, String> values, Map<String, String> kept) {
        var sent = values.get(SENT);
        kept.compute(DIGEST, (name, forged) -> sent != null && KNOWN.contains(sent) ? sent : null);
    }

    @Override
    public @Nullable Cell fold(@Nullable Cell cell, String event, long at, SortedMap<String, String> values) {
        var zone = values.get(DIGEST);
        if (zone == null) {
            return cell;
        }
        var here = new Moment(at, zone);
        return cell == null ? here : join(cell, here);
    }

    @Override
    public Cell join(Cell left, Cell right) {
        return ((Moment) left).compareTo((Moment) right) >= 0 ? left : right;
    }

    /** Where somebody was last is that, whatever was missed before. */
    @Override
    public long wholeFrom(@Nullable Cell cell, long sinceMillis) {
        return 0;
    }

    /** Nothing: the facts that ask for the time ask the catalogue. */
    @Override
    public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
        values.forget(fact.index());
    }
}
