package io.tappa.api.store.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.tappa.api.store.ProductStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import reactor.core.publisher.Mono;

/** The catalogue in Redis: one hash of products, and one stream of their changes. */
final class RedisProductStore implements ProductStore {
    private static final String MOST_CHANGES = "10000";
    private static final int PAGE = 500;

    private final RedisLink redis;
    private final Keys keys;

    RedisProductStore(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    @Override
    public Mono<List<Change>> changes(String after) {
        var page = Range.from(Range.Boundary.excluding(after), Range.Boundary.<String>unbounded());
        return redis.run(commands -> commands.xrange(keys.productChanges(), page, Limit.from(PAGE)))
                .map(messages ->
                        messages.stream().map(RedisProductStore::change).toList());
    }

    private static Change change(StreamMessage<byte[], byte[]> message) {
        var fields = new HashMap<String, String>();
        message.getBody().forEach((name, value) -> fields.put(text(name), text(value)));
        var at = message.getId().substring(0, message.getId().indexOf('-'));
        var kind = fields.getOrDefault("change", "").toUpperCase(Locale.ROOT);
        return new Change(
                message.getId(),
                Long.parseLong(at),
                fields.getOrDefault("product", ""),
                ProductStore.ChangeKind.valueOf(kind));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
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
