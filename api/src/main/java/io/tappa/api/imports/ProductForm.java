package io.tappa.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.store.ProductStore.Product;
import io.tappa.engine.pack.Money;
import io.tappa.engine.pack.PackSettings;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Suggestion;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a product as Google Merchant feeds have it: id, price with its currency, availability, and what describes it. */
final class ProductForm {
    private static final Pattern PRICE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(?: ?([A-Za-z]{3}))?");
    private static final List<String> AVAILABLE = List.of("in_stock", "out_of_stock", "preorder", "backorder");
    private static final int LONGEST_ID = 50;
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_FIELDS = 40;

    private final PackSettings settings;
    private final Money money;
    private final LocalDate today;

    /** Reads products of {@code pack} whose prices are of {@code today}. */
    ProductForm(PackSnapshot pack, LocalDate today) {
        this.settings = pack.settings();
        this.money = pack.money();
        this.today = today;
    }

    Product product(ObjectNode row) {
        var columns = new Columns(row, settings.zone());
        var id = columns.needed("id", "productid", "sku");
        if (id.length() > LONGEST_ID) {
            throw Columns.wrong(
                    "id",
                    "The id has %d characters; %d are possible.".formatted(id.length(), LONGEST_ID),
                    "Shorten it.");
        }
        var currency = columns.text("currency");
        var price = minor("price", columns.text("price"), currency);
        var salePrice = minor("sale_price", columns.text("saleprice"), currency);
        var now = salePrice != null ? salePrice : price;
        var availability = availability(columns.text("availability"));
        var json = Body.create().put("id", id);
        if (now != null) {
            json.put("priceMinor", now);
        }
        if (availability != null) {
            json.put("availability", availability);
        }
        describe(json, columns.rest());
        return new Product(id, now, availability, Body.text(json));
    }

    private static void describe(ObjectNode json, ObjectNode rest) {
        rest.properties().forEach(field -> {
            var value = field.getValue();
            if (value.isValueNode() && !value.isNull() && json.size() < MOST_FIELDS && !json.has(field.getKey())) {
                var text = value.asText();
                json.put(field.getKey(), text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
            }
        });
    }

    private @Nullable Long minor(String column, @Nullable String text, @Nullable String currency) {
        if (text == null) {
            return null;
        }
        var read = PRICE.matcher(text);
        if (!read.matches()) {
            throw Columns.wrong(
                    column,
                    "\"%s\" is no price.".formatted(text),
                    "Write digits with a point before the cents and the currency, such as 15.00 %s."
                            .formatted(settings.currency().getCurrencyCode()));
        }
        var in = read.group(2) != null ? read.group(2) : currency;
        var minor = money.minor(new BigDecimal(read.group(1)), in, today);
        if (minor == null) {
            throw new HttpProblem(ProblemCode.INVALID_FIELD, List.of(money.noRate(in, today, "/" + column)));
        }
        return minor.longValueExact();
    }

    private static @Nullable String availability(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var word = text.toLowerCase(Locale.ROOT).replace(' ', '_');
        if (!AVAILABLE.contains(word)) {
            throw Columns.wrong(
                    "availability",
                    "There is no availability \"%s\".".formatted(text),
                    Suggestion.cure(word, "possible values", AVAILABLE));
        }
        return word;
    }
}
