package io.tappa.api.lists;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.store.ProductStore;
import io.tappa.engine.offer.ProductLists;
import io.tappa.engine.pack.PackSettings;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found for the lists of one page.
 *
 * @param lists the products that each of them can show
 * @param stored what is kept of each product, as JSON by id
 */
public record FoundProducts(ProductLists lists, Map<String, String> stored) {
    /** Where nothing was asked for. */
    public static final FoundProducts NONE = new FoundProducts(ProductLists.NONE, Map.of());

    private static final String PRICE = "priceMinor";

    public FoundProducts {
        stored = Map.copyOf(stored);
    }

    /** What to tell of {@code product}: all that the feed said, its price in units of the currency; at least its id. */
    public ObjectNode told(String product, PackSettings settings) {
        var body = Body.create().put("id", product);
        var json = stored.get(product);
        if (json == null) {
            return body;
        }
        Body.parsed(json).properties().forEach(field -> {
            if (field.getKey().equals(PRICE)) {
                var minor = BigDecimal.valueOf(field.getValue().asLong());
                body.put("price", minor.divide(BigDecimal.valueOf(settings.minorUnits())));
                body.put("currency", settings.currency().getCurrencyCode());
            } else if (!body.has(field.getKey())) {
                body.set(field.getKey(), field.getValue());
            }
        });
        return body;
    }

    /** Whether the catalogue knows a product of which {@code json} is kept, and does not say that it is sold out. */
    static boolean canBeHad(@Nullable String json) {
        return json != null && !Body.parsed(json).path("availability").asText().equals(ProductStore.SOLD_OUT);
    }
}
