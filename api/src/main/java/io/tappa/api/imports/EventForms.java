package io.tappa.api.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.pack.PackSettings;
import io.tappa.engine.problem.Suggestion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what a row says in the shape of the Segment specification. The id of the event is made of the row, so that the same
 * row sent again is the same event.
 */
final class EventForms {
    private static final Pattern AMOUNT = Pattern.compile("-?\\d{1,12}(\\.\\d{1,6})?");
    private static final List<String> CONSENTS = List.of("granted", "denied", "pending");
    private static final SortedMap<String, String> ORDER_EVENTS = new TreeMap<>(Map.of(
            "completed", "Order Completed",
            "paid", "Order Completed",
            "shipped", "Order Completed",
            "delivered", "Order Completed",
            "cancelled", "Order Cancelled",
            "canceled", "Order Cancelled",
            "refunded", "Order Refunded"));
    private static final int HASH_DIGITS = 40;

    private final PackSettings pack;
    private final String source;

    /** Forms for rows that came from {@code source}. */
    EventForms(PackSettings pack, String source) {
        this.pack = pack;
        this.source = source;
    }

    /** A person: every column that is no id is a trait. */
    ObjectNode person(ObjectNode row) {
        var columns = new Columns(row, pack.zone());
        var event = event("identify", "people", row);
        var email = columns.rest().get("email");
        visitor(event, columns);
        time(event, columns.moment("updatedat", "timestamp"));
        if (email != null) {
            columns.rest().set("email", email);
        }
        event.set("traits", unwrapped(columns.rest(), "traits"));
        return event;
    }

    /** An order: completed, cancelled or refunded. */
    ObjectNode order(ObjectNode row) {
        var columns = new Columns(row, pack.zone());
        var event = event("track", "orders", row);
        visitor(event, columns);
        time(event, columns.moment("completedat", "timestamp", "createdat"));
        event.put("event", orderEvent(columns.text("status")));
        var properties = event.putObject("properties");
        properties.put("order_id", columns.needed("orderid", "id"));
        properties.put("total", amount("total", columns.needed("total", "value")));
        var currency = columns.text("currency");
        properties.put("currency", currency == null ? pack.currency().getCurrencyCode() : currency);
        var products = columns.take("products");
        if (products != null) {
            properties.set("products", products(products));
        }
        properties.setAll(columns.rest());
        return event;
    }

    /** Any event: columns that say nothing about who, what and when are its properties. */
    ObjectNode any(ObjectNode row) {
        var columns = new Columns(row, pack.zone());
        var event = event("track", "events", row);
        visitor(event, columns);
        time(event, columns.moment("timestamp", "time", "at"));
        event.put("event", columns.needed("event", "name"));
        var messageId = columns.text("messageid");
        if (messageId != null) {
            event.put("messageId", messageId);
        }
        event.set("properties", unwrapped(columns.rest(), "properties"));
        return event;
    }

    /** What somebody said about one purpose. */
    ObjectNode consent(ObjectNode row) {
        var columns = new Columns(row, pack.zone());
        var event = event("track", "consents", row);
        visitor(event, columns);
        event.put("event", "Consent Updated");
        var at = columns.moment("at", "timestamp", "updatedat");
        time(event, at);
        var status = columns.needed("status").toLowerCase(Locale.ROOT);
        if (!CONSENTS.contains(status)) {
            throw Columns.wrong(
                    "status",
                    "There is no consent \"%s\".".formatted(status),
                    Suggestion.cure(status, "possible values", CONSENTS));
        }
        var properties = event.putObject("properties");
        properties.put("purpose", columns.needed("purpose").toLowerCase(Locale.ROOT));
        properties.put("status", status);
        var channel = columns.text("channel");
        if (channel != null) {
            properties.put("channel", channel.toLowerCase(Locale.ROOT));
        }
        var from = columns.text("source");
        properties.put("source", from == null ? source : from);
        var proof = columns.text("proof");
        if (proof != null) {
            properties.put("proof", proof);
        }
        if (at != null) {
            properties.put("at", at.toString());
        }
        properties.setAll(columns.rest());
        return event;
    }

    /** JSON lines may hold their fields in an object of its own, as the Segment specification does. */
    private static ObjectNode unwrapped(ObjectNode fields, String name) {
        if (fields.get(name) instanceof ObjectNode inner) {
            fields.remove(name);
            fields.setAll(inner);
        }
        return fields;
    }

    private ObjectNode event(String type, String kind, ObjectNode row) {
        var content = kind + '\0' + Body.text(row);
        var event = Body.create().put("type", type);
        var hash = Hashes.hex(content.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
        event.put("messageId", kind + ":" + hash);
        event.putObject("context").put("source", source).put("imported", "yes");
        return event;
    }

    /** Everything that says whom the row is about; people who are named twice become one. */
    private static void visitor(ObjectNode event, Columns columns) {
        var userId = columns.id("userid", "customerid");
        var anonymousId = columns.id("anonymousid");
        var card = columns.id("cardid", "cardnumber");
        var email = columns.id("email");
        if (userId != null) {
            event.put("userId", userId);
        }
        if (anonymousId != null) {
            event.put("anonymousId", anonymousId);
        }
        var external = event.withObject("/context").putArray("externalIds");
        if (card != null) {
            external.addObject().put("type", IdKind.CARD.key()).put("id", card);
        }
        if (email != null) {
            external.addObject().put("type", IdKind.EMAIL.key()).put("id", email);
        }
        if (anonymousId == null && userId == null && external.isEmpty()) {
            throw Columns.wrong(
                    "userid",
                    "The row says of nobody that it is about them.",
                    "Fill one of the columns userId, anonymousId, cardId and email.");
        }
    }

    private static void time(ObjectNode event, @Nullable Instant at) {
        if (at != null) {
            event.put("timestamp", at.toString());
        }
    }

    private static String orderEvent(@Nullable String status) {
        if (status == null) {
            return "Order Completed";
        }
        var event = ORDER_EVENTS.get(status.toLowerCase(Locale.ROOT));
        if (event == null) {
            throw Columns.wrong(
                    "status",
                    "There is no status \"%s\" of orders.".formatted(status),
                    Suggestion.cure(status, "possible values", ORDER_EVENTS.keySet()));
        }
        return event;
    }

    private static String amount(String column, String text) {
        if (!AMOUNT.matcher(text).matches()) {
            throw Columns.wrong(
                    column,
                    "\"%s\" is no amount.".formatted(text),
                    "Write digits with a point before the cents, such as 1234.50.");
        }
        return text;
    }

    private static JsonNode products(JsonNode products) {
        try {
            var list = products.isTextual() ? Body.json(products.asText()) : products;
            if (list instanceof ArrayNode) {
                return list;
            }
        } catch (JsonProcessingException noJson) {
            // the advice is the same
        }
        throw Columns.wrong(
                "products",
                "\"products\" is no list.",
                "Write a JSON list such as [{\"product_id\":\"p-1\",\"quantity\":1,\"price\":89.00}].");
    }
}
