package io.tappa.engine.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The {@code products} list of an event, as far as it is read. */
final class ProductList {
    /** Most products read of one list. */
    static final int MOST_PRODUCTS = 20;

    private ProductList() {}

    /**
     * One entry of the list, or an event about one product.
     *
     * @param values the values of the event
     * @param path where the entry stands among them
     */
    record Product(SortedMap<String, String> values, String path) {
        @Nullable
        String id() {
            var id = values.get(path + "product_id");
            return id != null ? id : values.get(path + "sku");
        }

        String valueOr(String property, String otherwise) {
            return values.getOrDefault(path + property, otherwise);
        }
    }

    /** The listed products, or nothing when there is no list. */
    static List<Product> of(SortedMap<String, String> values) {
        return of(values, MOST_PRODUCTS);
    }

    /** The first {@code most} of them. */
    static List<Product> of(SortedMap<String, String> values, int most) {
        var products = new ArrayList<Product>();
        for (int i = 0; i < most; i++) {
            var path = "products." + i + ".";
            var next = values.tailMap(path);
            if (next.isEmpty() || !next.firstKey().startsWith(path)) {
                break;
            }
            products.add(new Product(values, path));
        }
        return products;
    }

    /** The product that the event itself is about. */
    static Product itself(SortedMap<String, String> values) {
        return new Product(values, "");
    }
}
