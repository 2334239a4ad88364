package io.tappa.engine.fact;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What happened to products lately: which got cheaper, and which came back.
 *
 * @param cheaper when the price last fell, in milliseconds since 1970, by product; without those whose price rose since
 * @param back when it came back, by product; without those that are gone again
 */
public record ProductNews(SortedMap<String, Long> cheaper, SortedMap<String, Long> back) {
    /** Nothing happened. */
    public static final ProductNews NONE = new ProductNews(Collections.emptySortedMap(), Collections.emptySortedMap());

    public ProductNews {
        cheaper = Collections.unmodifiableSortedMap(new TreeMap<>(cheaper));
        back = Collections.unmodifiableSortedMap(new TreeMap<>(back));
    }

    /** A sort of news. */
    public enum Kind {
        /** A product got cheaper. */
        PRICE_DROP {
            @Override
            Map<String, Long> of(ProductNews news) {
                return news.cheaper;
            }
        },
        /** A product can be bought again. */
        BACK_IN_STOCK {
            @Override
            Map<String, Long> of(ProductNews news) {
                return news.back;
            }
        };

        /** The author's word for it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** When it happened last, by product. */
        abstract Map<String, Long> of(ProductNews news);
    }
}
