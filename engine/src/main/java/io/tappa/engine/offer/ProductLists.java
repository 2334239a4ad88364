package io.tappa.engine.offer;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The products that lists in placements can show, found before the decision is made.
 *
 * @param byKind ids of products, the best first, of each list that was asked for; empty where nothing was found
 */
public record ProductLists(SortedMap<Kind, List<String>> byKind) {
    /** Most products that are looked for, of one list. */
    public static final int MOST = 24;
    /** Nobody asked for any list. */
    public static final ProductLists NONE = new ProductLists(new TreeMap<>());
    /** For decisions that nobody sees: of each list there is enough, and each product is one that is none. */
    public static final ProductLists IMAGINED = NONE.orImagined();

    /** What a list is made of. */
    public enum Kind {
        /** What the visitor looked at. */
        LAST_VIEWED,
        /** What lies in the visitor's basket. */
        BASKET,
        /** What all people bought lately. */
        BESTSELLERS,
        /** What others bought with what lies in the basket. */
        BOUGHT_TOGETHER;

        /** The author's word for it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** The author's words for all of them. */
        public static List<String> keys() {
            return Stream.of(values()).map(Kind::key).toList();
        }

        /** The list that the author calls {@code key}, or null. */
        public static @Nullable Kind of(String key) {
            return Stream.of(values())
                    .filter(kind -> kind.key().equals(key))
                    .findFirst()
                    .orElse(null);
        }
    }

    public ProductLists {
        var copy = new TreeMap<Kind, List<String>>();
        byKind.forEach((kind, products) -> copy.put(kind, List.copyOf(products)));
        byKind = Collections.unmodifiableSortedMap(copy);
    }

    /** The products of a list, the best first; empty where there are none or nobody looked for them. */
    public List<String> of(Kind kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /** The same, with enough imagined products in each list that nobody looked for. */
    public ProductLists orImagined() {
        var all = new TreeMap<>(byKind);
        for (var kind : Kind.values()) {
            all.computeIfAbsent(kind, ProductLists::imagined);
        }
        return new ProductLists(all);
    }

    private static List<String> imagined(Kind kind) {
        return IntStream.rangeClosed(1, MOST)
                .mapToObj(place -> "%s %d".formatted(kind.key(), place))
                .toList();
    }
}
