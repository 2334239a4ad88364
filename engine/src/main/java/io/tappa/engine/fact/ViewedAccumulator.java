package io.tappa.engine.fact;

import io.tappa.engine.fact.Cell.Mark;
import io.tappa.engine.fact.Cell.Timeline;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which products somebody looked at, the newest of them, each once; gathered where a pack lists them. */
record ViewedAccumulator() implements Accumulator {
    static final ViewedAccumulator ONLY = new ViewedAccumulator();

    /** Most products remembered, the newest of them. */
    static final int MOST_PRODUCTS = 24;

    private static final int LONGEST_PRODUCT = 50;
    private static final String PRODUCT = "product_id";
    private static final String SKU = "sku";

    private static final Comparator<Mark> OLDEST_FIRST =
            Comparator.comparingLong(Mark::at).thenComparing(Mark::text, Comparator.reverseOrder());

    @Override
    public String canonical() {
        return "viewed";
    }

    @Override
    public List<String> events() {
        return List.of("Product Viewed");
    }

    @Override
    public Set<String> reads() {
        return Set.of(PRODUCT, SKU);
    }

    @Override
    public @Nullable Cell fold(@Nullable Cell cell, String event, long at, SortedMap<String, String> values) {
        var sent = values.getOrDefault(PRODUCT, values.getOrDefault(SKU, ""));
        var product = FactCatalog.shortened(sent.trim(), LONGEST_PRODUCT);
        if (product.isEmpty()) {
            return cell;
        }
        return both(cell instanceof Timeline known ? known.marks() : List.of(), List.of(new Mark(at, 0, product)));
    }

    @Override
    public Cell join(Cell left, Cell right) {
        return both(((Timeline) left).marks(), ((Timeline) right).marks());
    }

    private static Timeline both(Collection<Mark> some, Collection<Mark> more) {
        var newest = new TreeMap<String, Mark>();
        some.forEach(mark -> newest.merge(mark.text(), mark, ViewedAccumulator::later));
        more.forEach(mark -> newest.merge(mark.text(), mark, ViewedAccumulator::later));
        var marks = new ArrayList<>(newest.values());
        marks.sort(OLDEST_FIRST);
        return new Timeline(marks.subList(Math.max(0, marks.size() - MOST_PRODUCTS), marks.size()));
    }

    private static Mark later(Mark one, Mark other) {
        return one.at() >= other.at() ? one : other;
    }

    /** It tells of what somebody looked at as far as we know. */
    @Override
    public long wholeFrom(@Nullable Cell cell, long sinceMillis) {
        return 0;
    }

    /** Nothing: no fact tells it, only lists do. */
    @Override
    public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
        values.forget(fact.index());
    }
}
