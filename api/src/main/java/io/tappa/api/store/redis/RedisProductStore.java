package io.tappa.api.store.redis;

import io.tappa.api.store.ProductStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** The catalogue in Redis: one hash of products, and one stream of their changes. */
final class RedisProductStore implements ProductStore {
    private static final String MOST_CHANGES = "10000";

    private final RedisLink redis;
    private final Keys keys;

    RedisProductStore(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<Integer> put(List<Product> products) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(Keys.bytes(MOST_CHANGES));
        arguments.add(Keys.bytes(IN_STOCK));
        for (var product : products) {
            arguments.add(Keys.bytes(product.id()));
            arguments.add(Keys.bytes(product.json()));
            arguments.add(Keys.bytes(product.priceMinor() == null ? "" : Long.toString(product.priceMinor())));
            arguments.add(Keys.bytes(product.availability() == null ? "" : product.availability()));
        }
        return Scripts.PUT_PRODUCTS
                .run(redis, new byte[][] {keys.products(), keys.productChanges()}, arguments.toArray(byte[][]::new))
                .map(changed -> Integer.parseInt(new String(changed, StandardCharsets.UTF_8)));
    }
}
