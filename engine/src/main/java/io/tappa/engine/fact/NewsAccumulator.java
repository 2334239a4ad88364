package io.tappa.engine.fact;

import io.tappa.engine.fact.Cell.Mark;
import io.tappa.engine.fact.Cell.Timeline;
import io.tappa.engine.fact.ProductList.Product;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened to products that somebody looked at, since then: the products are gathered, the news come with the moment.
 * A product that was bought counts no more until it is looked at again.
 *
 * @param kind which news
 * @param within how old they may be
 */
public record NewsAccumulator(ProductNews.Kind kind, Duration within) implements Accumulator {
    /** Most products remembered, the newest of them. */
    static final int MOST_PRODUCTS = 20;

    private static final int LONGEST_PRODUCT = 50;
    private static final List<String> LOOKING =
            List.of("Product Viewed", "Product Added", "Product Added to Wishlist", "Cart Viewed", "Checkout Started");
    /** The products of an event, a line each. */
    private static final String DIGEST = "@products";

    private static final Comparator<Mark> OLDEST_FIRST =
            Comparator.comparingLong(Mark::at).thenComparing(Mark::text).thenComparingLong(Mark::number);

    @Override
    public String canonical() {
        return "products";
    }

    @Override
    public List<String> events() {
        var events = new ArrayList<>(LOOKING);
        events.add(OrderLines.ORDERED);
        return events;
    }

    @Override
    public Set<String> reads() {
        return Set.of();
    }

    @Override
    public void digest(String event, SortedMap<String, String> values, Map<String, String> kept) {
        var listed = ProductList.of(values);
        var ids = new ArrayList<String>();
        for (var product : listed.isEmpty() ? List.of(ProductList.itself(values)) : listed) {
            var id = id(product);
            if (!id.isEmpty() && !ids.contains(id)) {
                ids.add(id);
            }
        }
        kept.compute(DIGEST, (name, sent) -> ids.isEmpty() ? null : String.join("\n", ids));
    }

    private static String id(Product product) {
        var id = product.id();
        return id == null ? "" : FactCatalog.shortened(id.replace('\n', ' ').trim(), LONGEST_PRODUCT);
    }

    @Override
    public @Nullable Cell fold(@Nullable Cell cell, String event, long at, SortedMap<String, String> values) {
        var digest = values.get(DIGEST);
        if (digest == null) {
            return cell;
        }
        long bought = event.equals(OrderLines.ORDERED) ? 1 : 0;
        var marks = new ArrayList<Mark>();
        for (var id : digest.split("\n", -1)) {
            marks.add(new Mark(at, bought, id));
        }
        return both(cell instanceof Timeline known ? known.marks() : List.of(), marks);
    }

    @Override
    public Cell join(Cell left, Cell right) {
        return both(((Timeline) left).marks(), ((Timeline) right).marks());
    }

    /** The newest mark of each product; of two in one millisecond the purchase. */
    private static Timeline both(Collection<Mark> some, Collection<Mark> more) {
        var newest = new TreeMap<String, Mark>();
        some.forEach(mark -> add(newest, mark));
        more.forEach(mark -> add(newest, mark));
        var marks = new ArrayList<>(newest.values());
        marks.sort(OLDEST_FIRST);
        return new Timeline(marks.subList(Math.max(0, marks.size() - MOST_PRODUCTS), marks.size()));
    }

    private static void add(SortedMap<String, Mark> newest, Mark mark) {
        newest.merge(mark.text(), mark, (one, other) -> OLDEST_FIRST.compare(one, other) >= 0 ? one : other);
    }

    /** Yes or no; the product of the newest news; or how many products there are news of. */
    /** It tells of what somebody looked at as far as we know. */
    @Override
    public long wholeFrom(@Nullable Cell cell, long sinceMillis) {
        return 0;
    }

    @Override
    public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
        var news = cell instanceof Timeline looked ? news(looked.marks(), values) : List.<Mark>of();
        switch (fact.type()) {
            case YESNO -> values.put(fact.index(), news.isEmpty() ? "no" : "yes");
            case WHOLE -> values.put(fact.index(), news.size());
            default -> values.put(fact.index(), newest(news));
        }
    }

    private static @Nullable String newest(List<Mark> news) {
        return news.isEmpty()
                ? null
                : Collections.max(
                                news,
                                Comparator.comparingLong(Mark::at).thenComparing(Mark::text, Comparator.reverseOrder()))
                        .text();
    }

    /** The products that something happened to after they were looked at, with the time of that. */
    private List<Mark> news(List<Mark> looked, FactValues values) {
        var happened = kind.of(values.news());
        var news = new ArrayList<Mark>();
        for (var mark : looked) {
            var at = happened.isEmpty() || mark.number() != 0 ? null : happened.get(mark.text());
            if (at != null
                    && at > mark.at()
                    && at <= values.nowMillis()
                    && at > values.nowMillis() - within.toMillis()) {
                news.add(new Mark(at, 0, mark.text()));
            }
        }
        return news;
    }
}
