package io.tappa.engine.fact;

import io.tappa.engine.fact.Cell.Moment;
import io.tappa.engine.touchpoint.Touchpoints;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The first or last touchpoint by way of which somebody came. It is recognised when the event arrives, so that the values
 * it was recognised by need not be kept.
 *
 * @param touchpoints which touchpoints there are, and by what they are recognised
 * @param earliest first instead of last
 */
public record TouchAccumulator(Touchpoints touchpoints, boolean earliest) implements Accumulator {
    private static final String RECOGNISED = "@touchpoint";

    @Override
    public String canonical() {
        return earliest ? "first touch" : "last touch";
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
        var recognised = touchpoints.recognise(event, values);
        kept.compute(RECOGNISED, (name, sent) -> recognised);
    }

    @Override
    public @Nullable Cell fold(@Nullable Cell cell, String event, long at, SortedMap<String, String> values) {
        var recognised = values.get(RECOGNISED);
        if (recognised == null) {
            return cell;
        }
        var touch = new Moment(at, recognised);
        return cell == null ? touch : join(cell, touch);
    }

    @Override
    public Cell join(Cell left, Cell right) {
        boolean leftFirst = ((Moment) left).compareTo((Moment) right) <= 0;
        return leftFirst == earliest ? left : right;
    }

    /** The last touch is the last, whatever was missed before it. */
    @Override
    public long wholeFrom(@Nullable Cell cell, long sinceMillis) {
        return earliest ? Gathering.NEVER : 0;
    }

    @Override
    public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
        if (cell instanceof Moment touch && touchpoints.find(touch.text()) != null) {
            fact.put(values, touch.text(), zone);
        }
    }
}
