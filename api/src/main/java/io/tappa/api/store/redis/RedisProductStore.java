package io.tappa.api.store.redis;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.tappa.api.store.ProductStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import reactor.core.publisher.Mono;

/** The catalogue in Redis: one hash of products, and one stream of their changes. */
final class RedisProductStore implements ProductStore {
    /**
     * Puts products into the catalogue, and notes which got cheaper or dearer, which came back and which are gone.
     *
     * <p>KEYS: catalogue, stream of changes. ARGV: most changes, the word for available; then id, JSON, price in minor
     * units or empty, and availability or empty of each. Answers how many were not known like this.
     */
    private static final Script PUT_PRODUCTS = new Script("""
            local changed = 0
            local function note(id, change, before, after)
              redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[1], '*',
                  'product', id, 'change', change, 'before', before, 'after', after)
            end
            for i = 3, #ARGV, 4 do
              local id, json, price, stock = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
              local stored = redis.call('HGET', KEYS[1], id)
              if stored ~= json then
                changed = changed + 1
                redis.call('HSET', KEYS[1], id, json)
                local before = stored and cjson.decode(stored) or {}
                if price ~= '' and before.priceMinor and tonumber(price) ~= tonumber(before.priceMinor) then
                  local change = tonumber(price) < tonumber(before.priceMinor) and 'cheaper' or 'dearer'
                  note(id, change, string.format('%.0f', before.priceMinor), price)
                end
                if stock ~= '' and before.availability and before.availability ~= stock
                    and (stock == ARGV[2] or before.availability == ARGV[2]) then
                  note(id, stock == ARGV[2] and 'back' or 'gone', before.availability, stock)
                end
              end
            end
            return tostring(changed)
            """);

    private static final ObjectMapper JSON = new ObjectMapper();
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
    public Mono<SortedSet<String>> soldOut(Collection<String> products) {
        var ids = products.stream().map(Keys::bytes).toArray(byte[][]::new);
        return redis.run(commands -> commands.hmget(keys.products(), ids)).map(stored -> {
            var soldOut = new TreeSet<String>();
            stored.stream()
                    .filter(product -> product.hasValue() && SOLD_OUT.equals(availability(product.getValue())))
                    .forEach(product -> soldOut.add(text(product.getKey())));
            return soldOut;
        });
    }

    @Override
    public Mono<Map<String, String>> find(Collection<String> products) {
        var ids = products.stream().map(Keys::bytes).toArray(byte[][]::new);
        return redis.run(commands -> commands.hmget(keys.products(), ids)).map(stored -> {
            var found = new HashMap<String, String>();
            stored.stream()
                    .filter(KeyValue::hasValue)
                    .forEach(product -> found.put(text(product.getKey()), text(product.getValue())));
            return found;
        });
    }

    private static String availability(byte[] json) {
        try {
            return JSON.readTree(json).path("availability").asText();
        } catch (IOException damaged) {
            throw new UncheckedIOException("A stored product is damaged.", damaged);
        }
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
        return PUT_PRODUCTS
                .run(redis, new byte[][] {keys.products(), keys.productChanges()}, arguments.toArray(byte[][]::new))
                .map(changed -> Integer.parseInt(new String(changed, StandardCharsets.UTF_8)));
    }
}
